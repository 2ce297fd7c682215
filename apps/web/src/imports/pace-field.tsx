import { useTranslation } from 'react-i18next'
import { useFormat } from '../i18n/use-format.ts'
import { Field } from '../ui/field.tsx'
import { NumberInput } from '../ui/input.tsx'
import { isPace, paces } from './import-job.ts'

interface PaceFieldProps {
  /** Seconds a day takes; also what is no pace yet, while it is being typed. */
  value: number | null
  onChange: (seconds: number | null) => void
}

/** How many seconds a day takes on a fast clock. */
export function PaceField({ value, onChange }: PaceFieldProps) {
  const { t } = useTranslation('imports')
  const format = useFormat()
  const bounds = { min: format.number(paces.min), max: format.number(paces.max) }
  return (
    <Field
      label={t('secondsPerDay')}
      hint={t('paceBounds', bounds)}
      error={isPace(value) ? undefined : t('paceWrong', bounds)}
    >
      {(control) => (
        <NumberInput
          {...control}
          className="!w-40"
          value={value}
          min={paces.min}
          max={paces.max}
          step={value === null || value <= 1 ? 0.1 : 1}
          unit={t('seconds')}
          onChange={onChange}
        />
      )}
    </Field>
  )
}
