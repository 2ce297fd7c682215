import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../i18n/use-format.ts'
import type { ImportJob } from './import-job.ts'

/** The journeys an import lets customers into, with how many came in and are inside. */
export function FedJourneys({ journeys = [] }: Pick<ImportJob, 'journeys'>) {
  const { t } = useTranslation('imports')
  const format = useFormat()
  if (journeys.length === 0) return null
  return (
    <section aria-label={t('feeds')}>
      <h2 className="mb-2 text-base font-semibold">{t('feeds')}</h2>
      <ul className="rounded-lg border bg-surface">
        {journeys.map(({ journeyId, name, paused, entered, inside }) => (
          <li
            key={journeyId}
            className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-0.5 border-b px-3 py-2 text-sm last:border-0"
          >
            <Link
              to="/journeys/$journeyId"
              params={{ journeyId }}
              className="font-medium wrap-anywhere text-accent-text hover:underline"
            >
              {name}
            </Link>
            <Link
              to="/enrollments"
              search={{ journey: journeyId }}
              className="tabular text-ink-2 hover:text-ink hover:underline"
            >
              {[
                ...(paused ? [t('journeyPaused')] : []),
                ...(entered === null ? [] : [t('fedEntered', { count: entered, n: format.number(entered) })]),
                ...(inside ? [t('fedInside', { n: format.number(inside) })] : []),
              ].join(' · ')}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
