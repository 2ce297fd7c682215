import { type ErrorComponentProps, Link } from '@tanstack/react-router'
import { Compass } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { EmptyState, ErrorState } from '../ui/states.tsx'

/** What stands at an address that leads nowhere. */
export function NotFound() {
  const { t } = useTranslation('shell')
  return (
    <EmptyState
      icon={<Compass size={24} aria-hidden />}
      title={t('notFoundTitle')}
      description={t('notFoundText')}
      action={
        <Link to="/journeys" className="text-sm font-medium text-accent-text underline underline-offset-4">
          {t('toJourneys')}
        </Link>
      }
    />
  )
}

/** What stands in place of a page that threw. */
export function Crash({ error, reset }: ErrorComponentProps) {
  return <ErrorState error={error} onRetry={reset} />
}
