import { useQueryErrorResetBoundary } from '@tanstack/react-query'
import { type ErrorComponentProps, Link, useLocation, useRouter } from '@tanstack/react-router'
import { Compass } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Unreachable } from '../api.ts'
import { EmptyState, ErrorState } from '../ui/states.tsx'
import { isCodeAway } from './code-away.ts'

/** What stands at an address that leads nowhere. */
export function NotFound() {
  const { t } = useTranslation('shell')
  const address = useLocation({ select: ({ pathname }) => pathname })
  const shown = address.length > 60 ? `${address.slice(0, 60)}…` : address
  return (
    <EmptyState
      icon={<Compass size={24} aria-hidden />}
      title={t('notFoundTitle')}
      description={<span className="wrap-anywhere">{t('notFoundText', { address: shown })}</span>}
      action={
        <Link to="/journeys" className="text-sm font-medium text-accent-text underline underline-offset-4">
          {t('toJourneys')}
        </Link>
      }
    />
  )
}

/**
 * What stands in place of a page that threw. What it asked for before it was shown is asked for again, too, and so is
 * its code.
 */
export function Crash({ error }: ErrorComponentProps) {
  const router = useRouter()
  const queries = useQueryErrorResetBoundary()
  const again = () => {
    queries.reset()
    void router.invalidate()
  }
  return <ErrorState error={isCodeAway(error) ? new Unreachable(error) : error} onRetry={again} />
}
