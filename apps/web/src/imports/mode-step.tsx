import { TriangleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../i18n/use-language.ts'
import { spanInWords } from '../lists/span.ts'
import { Field } from '../ui/field.tsx'
import { NumberInput } from '../ui/input.tsx'
import { RadioCards } from '../ui/radio-cards.tsx'
import { DemoOptions } from './demo-options.tsx'
import { compressedSeconds, type ImportMode } from './import-job.ts'
import type { Choices } from './roles.ts'

interface ModeStepProps {
  fileName: string
  mode: ImportMode
  onMode: (mode: ImportMode) => void
  secondsPerDay: number
  onSecondsPerDay: (seconds: number) => void
  choices: Choices
  onChoices: (choices: Choices) => void
}

/** The shortest and longest a day may take on a fast clock, in seconds. */
const paces = { min: 0.2, max: 60 }

function Pace({ value, onChange }: { value: number; onChange: (seconds: number) => void }) {
  const { t } = useTranslation('imports')
  const language = useLanguage()
  const words = (days: number) => spanInWords(compressedSeconds(days, value) * 1000, language, 2)
  return (
    <div className="flex flex-col gap-2 rounded-lg bg-sunken px-4 py-3">
      <Field label={t('secondsPerDay')}>
        {(control) => (
          <NumberInput
            {...control}
            className="!w-40"
            value={value}
            min={paces.min}
            max={paces.max}
            step={value < 1 ? 0.1 : 1}
            unit={t('seconds')}
            onChange={(seconds) => {
              if (seconds !== null) onChange(Math.min(paces.max, Math.max(paces.min, seconds)))
            }}
          />
        )}
      </Field>
      <p className="tabular text-sm font-medium" aria-live="polite">
        {t('estimate', { month: words(30), year: words(365), long: words(546) })}
      </p>
      <p className="text-sm text-ink-2">{t('testOnly')}</p>
    </div>
  )
}

/** What becomes of the rows: history, live journeys, or a fast clock. */
export function ModeStep(props: ModeStepProps) {
  const { fileName, mode, onMode, secondsPerDay, onSecondsPerDay, choices, onChoices } = props
  const { t } = useTranslation('imports')
  return (
    <div className="grid items-start gap-8 lg:grid-cols-2">
      <div className="flex flex-col gap-3">
        <RadioCards
          label={t('mode')}
          value={mode}
          onChange={onMode}
          choices={(['history', 'live', 'compressed'] as const).map((value) => ({
            value,
            label: t(`mode_${value}`),
            hint: t(`modeHint_${value}`),
          }))}
        />
        {mode === 'compressed' && <Pace value={secondsPerDay} onChange={onSecondsPerDay} />}
        {mode === 'live' && (
          <p className="flex items-start gap-2 rounded-lg bg-warn-soft px-3 py-2 text-sm">
            <TriangleAlert size={16} className="mt-0.5 shrink-0 text-warn" aria-hidden />
            {t('liveWarning')}
          </p>
        )}
      </div>
      <DemoOptions fileName={fileName} choices={choices} onChange={onChoices} />
    </div>
  )
}
