import { TriangleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../i18n/use-format.ts'
import { useLanguage } from '../i18n/use-language.ts'
import { spanInWords } from '../lists/span.ts'
import { RadioCards } from '../ui/radio-cards.tsx'
import { DemoOptions } from './demo-options.tsx'
import { compressedSeconds, type ImportJob, type ImportMode, isPace } from './import-job.ts'
import { KeptWaiting } from './kept-waiting.tsx'
import { PaceField } from './pace-field.tsx'
import type { Choices } from './roles.ts'

interface ModeStepProps {
  fileName: string
  mode: ImportMode
  onMode: (mode: ImportMode) => void
  secondsPerDay: number | null
  onSecondsPerDay: (seconds: number | null) => void
  /** How many days the file spans, once that is known. */
  days: number | null
  /** The live journeys that would begin with its events. */
  waiting: NonNullable<ImportJob['couldEnter']>
  choices: Choices
  onChoices: (choices: Choices) => void
}

interface PaceProps {
  value: number | null
  days: number | null
  onChange: (seconds: number | null) => void
}

function Pace({ value, days, onChange }: PaceProps) {
  const { t } = useTranslation('imports')
  const language = useLanguage()
  const format = useFormat()
  const words = (days: number, pace: number) => spanInWords(compressedSeconds(days, pace) * 1000, language)
  return (
    <div className="flex flex-col gap-2 rounded-lg bg-sunken px-4 py-3">
      <PaceField value={value} onChange={onChange} />
      {isPace(value) && (
        <p className="tabular text-sm font-medium" aria-live="polite">
          {days === null
            ? t('estimate', { month: words(30, value), year: words(365, value), long: words(546, value) })
            : t('runLength', { count: days, days: format.number(days), span: words(days, value) })}
        </p>
      )}
      <p className="text-sm text-ink-2">{t('testOnly')}</p>
    </div>
  )
}

/** What becomes of the rows: history, live journeys, or a fast clock. */
export function ModeStep(props: ModeStepProps) {
  const { fileName, mode, onMode, secondsPerDay, onSecondsPerDay, days, waiting } = props
  const { choices, onChoices } = props
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
        {mode === 'compressed' && <Pace value={secondsPerDay} days={days} onChange={onSecondsPerDay} />}
        {mode === 'history' && <KeptWaiting journeys={waiting} />}
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
