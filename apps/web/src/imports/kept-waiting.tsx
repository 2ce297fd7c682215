import { Link } from '@tanstack/react-router'
import { TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ImportJob } from './import-job.ts'

interface JourneysProps {
  journeys: NonNullable<ImportJob['couldEnter']>
}

function Warning({
  said,
  journeys,
  children,
}: JourneysProps & { said: 'Waiting' | 'Out'; children: ReactNode }) {
  const { t } = useTranslation('imports')
  if (journeys.length === 0) return null
  return (
    <p className="flex items-start gap-2 rounded-lg bg-warn-soft px-3 py-2 text-sm" data-kept-waiting>
      <TriangleAlert size={16} className="mt-0.5 shrink-0 text-warn" aria-hidden />
      <span>
        <strong className="font-semibold wrap-anywhere">
          {t(`kept${said}`, {
            count: journeys.length,
            names: journeys.map(({ name }) => t('quoted', { name })).join(', '),
          })}
        </strong>{' '}
        {children}
      </span>
    </p>
  )
}

/** Warns that history starts none of the live journeys that wait for these events. */
export function KeptWaiting({ journeys }: JourneysProps) {
  const { t } = useTranslation('imports')
  return (
    <Warning said="Waiting" journeys={journeys}>
      {t('keptWaitingText')}
    </Warning>
  )
}

/** Says after an import of history which live journeys it let nobody into, and how customers come to go through them. */
export function KeptOut({ journeys }: JourneysProps) {
  const { t } = useTranslation('imports')
  return (
    <Warning said="Out" journeys={journeys}>
      {t('keptOutText')}{' '}
      <Link to="/imports" className="font-medium text-accent-text underline underline-offset-2">
        {t('keptOutWay')}
      </Link>
    </Warning>
  )
}
