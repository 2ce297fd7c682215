import { Sparkles } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DurationInput, EventInput } from '../fields/simple-fields.tsx'
import { useText } from '../i18n/use-language.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { beginWith } from './editor/begin.ts'
import { useEditorStore } from './editor/editor-context.tsx'
import { draftTowards } from './graph/goal-draft.ts'

/** One sentence to fill in: after which event customers should do what, and within what time. It becomes a draft. */
export function DescribeGoal() {
  const { t } = useTranslation('canvas')
  const text = useText()
  const store = useEditorStore()
  const [after, setAfter] = useState('')
  const [goal, setGoal] = useState('')
  const [within, setWithin] = useState('3d')
  const draft = (event: FormEvent) => {
    event.preventDefault()
    beginWith(store, draftTowards({ after, goal, within }, text))
  }
  return (
    <form aria-label={t('goalDescribe')} className="flex flex-col gap-3" onSubmit={draft}>
      <div className="grid grid-cols-2 gap-3 max-sm:grid-cols-1">
        <Field label={t('goalAfter')}>
          {(control) => <EventInput control={control} value={after} onChange={setAfter} />}
        </Field>
        <Field label={t('goalShould')}>
          {(control) => <EventInput control={control} value={goal} onChange={setGoal} />}
        </Field>
      </div>
      <div className="flex flex-wrap items-end justify-between gap-3">
        <Field label={t('goalWithin')}>
          {(control) => <DurationInput control={control} value={within} onChange={setWithin} />}
        </Field>
        <Button type="submit" disabled={!after || !goal} icon={<Sparkles size={14} aria-hidden />}>
          {t('goalDraft')}
        </Button>
      </div>
    </form>
  )
}
