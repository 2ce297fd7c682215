import { useTranslation } from 'react-i18next'
import { Checkbox } from '../ui/checkbox.tsx'
import { Field } from '../ui/field.tsx'
import { Input } from '../ui/input.tsx'
import type { Choices } from './roles.ts'

const usualPattern = '{external_id}@example.test'

interface DemoOptionsProps {
  fileName: string
  choices: Choices
  onChange: (choices: Choices) => void
}

/** Made-up addresses and consents, plainly labelled: real files do not need them. */
export function DemoOptions({ fileName, choices, onChange }: DemoOptionsProps) {
  const { t } = useTranslation('imports')
  const { madeUpPattern, consentSource } = choices
  return (
    <fieldset className="flex flex-col gap-4 rounded-lg border border-dashed border-line-control px-4 pt-3 pb-4">
      <legend className="-ml-1 px-1 text-sm font-semibold">{t('demo')}</legend>
      <p className="text-sm text-ink-2">{t('demoText')}</p>
      <Checkbox
        checked={madeUpPattern !== null}
        onChange={(on) => onChange({ ...choices, madeUpPattern: on ? usualPattern : null })}
        label={t('madeUp')}
        hint={t('madeUpHint', { example: '00004@example.test' })}
      />
      {madeUpPattern !== null && (
        <Field label={t('pattern')} hint={t('patternHint')}>
          {(control) => (
            <Input
              {...control}
              value={madeUpPattern}
              onChange={(event) => onChange({ ...choices, madeUpPattern: event.target.value })}
            />
          )}
        </Field>
      )}
      <Checkbox
        checked={consentSource !== null}
        onChange={(on) =>
          onChange({ ...choices, consentSource: on ? t('consentDefault', { file: fileName }) : null })
        }
        label={t('consent')}
        hint={t('consentHint')}
      />
      {consentSource !== null && (
        <Field label={t('consentSource')}>
          {(control) => (
            <Input
              {...control}
              value={consentSource}
              onChange={(event) => onChange({ ...choices, consentSource: event.target.value })}
            />
          )}
        </Field>
      )}
    </fieldset>
  )
}
