import { Link } from '@tanstack/react-router'
import { Compass, OctagonX } from 'lucide-react'
import { type ReactNode, useEffect, useEffectEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Failure, Unreachable } from '../api.ts'
import { Button } from './button.tsx'

interface EmptyStateProps {
  icon?: ReactNode
  /** What this place is for. */
  title: string
  description?: ReactNode
  /** The one thing to do next. */
  action?: ReactNode
}

/** What a list shows when it has nothing: what it is, and one action. */
export function EmptyState({ icon, title, description, action }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-center gap-2 px-6 py-16 text-center">
      {icon && (
        <div className="mb-2 flex size-12 items-center justify-center rounded-xl bg-accent-soft text-accent-text">
          {icon}
        </div>
      )}
      <h2 className="text-lg font-semibold text-balance">{title}</h2>
      {description && <div className="max-w-[68ch] text-sm text-balance text-ink-2">{description}</div>}
      {action && <div className="mt-3 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  )
}

/** How often a place whose server did not answer asks again. */
const againMs = 5_000

/** Asks again by itself, as the sentence of an unreachable server promises. */
function useAgain(error: unknown, onRetry: (() => void) | undefined): void {
  const retry = useEffectEvent(() => onRetry?.())
  const unreachable = error instanceof Unreachable
  useEffect(() => {
    if (!unreachable) return
    const timer = setInterval(() => retry(), againMs)
    return () => clearInterval(timer)
  }, [unreachable])
}

/**
 * What a place shows when its data did not arrive: the sentence, a way to retry and the id for support. What does not
 * exist needs neither, only a way on.
 */
export function ErrorState({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation('ui')
  useAgain(error, onRetry)
  if (error instanceof Failure && error.status === 404)
    return (
      <EmptyState
        icon={<Compass size={24} aria-hidden />}
        title={t('goneTitle')}
        description={error.message}
        action={
          <Link to="/" className="text-sm font-medium text-accent-text underline underline-offset-4">
            {t('toStart')}
          </Link>
        }
      />
    )
  const requestId = error instanceof Failure ? error.requestId : undefined
  return (
    <div role="alert" className="flex flex-col items-center gap-2 px-6 py-16 text-center">
      <OctagonX size={28} className="mb-1 text-err" aria-hidden />
      <h2 className="text-lg font-semibold">{t('errorTitle')}</h2>
      <p className="max-w-[68ch] text-sm text-ink-2">
        {error instanceof Error ? error.message : String(error)}
      </p>
      {requestId && (
        <p className="text-xs text-ink-3">
          {t('errorId')} <code className="font-mono">{requestId}</code>
        </p>
      )}
      {onRetry && (
        <Button className="mt-3" onClick={onRetry}>
          {t('retry')}
        </Button>
      )}
    </div>
  )
}
