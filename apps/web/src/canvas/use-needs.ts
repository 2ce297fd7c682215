import type { AnyKind } from '@tropa/journey'
import type { FieldKind } from '@tropa/nodes'
import { useTranslation } from 'react-i18next'
import { capitalised } from '../i18n/capitalised.ts'
import { useText } from '../i18n/use-language.ts'
import { useEditor } from './editor/editor-context.tsx'
import { gapsOf, type Need, needsOf } from './needs.ts'

const asked = {
  event: 'need_event',
  template: 'need_template',
  duration: 'need_duration',
  condition: 'need_condition',
  cases: 'need_condition',
  changes: 'need_changes',
} as const satisfies Partial<Record<FieldKind, string>>

/** A need as a quiet request, “choose a template”. */
export function useNeedWords(): (need: Need) => string {
  const { t } = useTranslation('canvas')
  const text = useText()
  return ({ field }) => {
    if (!field) return t('need_way')
    const key = field.field in asked ? asked[field.field as keyof typeof asked] : null
    return key ? t(key) : t('need_field', { field: text(field.label) })
  }
}

/** What a block still needs, in words; empty when nothing is missing. */
export function useNeeds(id: string, kind: AnyKind | undefined): string {
  const gaps = useEditor((state) => gapsOf(state.problems, id))
  const words = useNeedWords()
  return capitalised(needsOf(gaps, kind).map(words).join(', '))
}
