import { Link } from '@tanstack/react-router'
import { FastForward } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../i18n/use-format.ts'
import { useLanguage } from '../i18n/use-language.ts'
import { paceInWords } from '../lists/span.ts'
import { useJourneyNow } from '../replay/wait-state.ts'
import type { Counts } from './journey-queries.ts'

/** While a fast clock brings customers into the journey: what it shows, how fast it goes, and the way to its import. */
export function ClockLine({ clock }: { clock: NonNullable<Counts['clock']> }) {
  const { t } = useTranslation('journeys')
  const { t: tReplay } = useTranslation('replay')
  const format = useFormat()
  const language = useLanguage()
  const { shown } = useJourneyNow(clock)
  const words = [
    t('clockShows', { date: format.date(new Date(shown).toISOString()) }),
    clock.state === 'running'
      ? t('clockPace', { span: paceInWords(86_400_000 / clock.scale, language) })
      : tReplay(`clock_${clock.state}`),
  ]
  return (
    <p
      data-clock-line
      className="flex flex-wrap items-center gap-x-2 gap-y-0.5 border-b bg-wait-soft px-4 py-1.5 text-xs text-wait"
    >
      <FastForward size={13} className="shrink-0" aria-hidden />
      <span className="tabular">{words.join(' ')}</span>
      {clock.fileName !== null && (
        <Link
          to="/imports/$importId"
          params={{ importId: clock.importId }}
          className="font-medium underline underline-offset-2"
        >
          {t('clockImport', { file: clock.fileName })}
        </Link>
      )}
    </p>
  )
}
