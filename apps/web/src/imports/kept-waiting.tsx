import { TriangleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { ImportJob } from './import-job.ts'

/** Warns that history starts none of the live journeys that wait for these events. */
export function KeptWaiting({ journeys }: { journeys: NonNullable<ImportJob['couldEnter']> }) {
  const { t } = useTranslation('imports')
  if (journeys.length === 0) return null
  return (
    <p className="flex items-start gap-2 rounded-lg bg-warn-soft px-3 py-2 text-sm" data-kept-waiting>
      <TriangleAlert size={16} className="mt-0.5 shrink-0 text-warn" aria-hidden />
      <span>
        <strong className="font-semibold wrap-anywhere">
          {t('keptWaiting', {
            count: journeys.length,
            names: journeys.map(({ name }) => t('quoted', { name })).join(', '),
          })}
        </strong>{' '}
        {t('keptWaitingText')}
      </span>
    </p>
  )
}
