import { useTranslation } from 'react-i18next'
import { cx } from './cx.ts'

/** A turning arc; give it a label when nothing beside it says what is going on. */
export function Spinner({ size = 16, label }: { size?: number; label?: string }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      className="animate-spin"
      role={label ? 'status' : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : true}
    >
      <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeOpacity="0.2" strokeWidth="2" />
      <path d="M8 2a6 6 0 0 1 6 6" fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />
    </svg>
  )
}

/** Fills the space of a page or panel while its data load. */
export function Loading({ className }: { className?: string }) {
  const { t } = useTranslation('ui')
  return (
    <div className={cx('flex items-center justify-center gap-2 p-12 text-ink-2', className)} role="status">
      <Spinner />
      {t('loading')}
    </div>
  )
}

/** A bar from 0 to 1; without a value it only says that work goes on. */
export function Progress({ value, label }: { value?: number; label: string }) {
  const share = value === undefined ? undefined : Math.min(1, Math.max(0, value))
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={share === undefined ? undefined : Math.round(share * 100)}
      className="h-1.5 w-full overflow-hidden rounded-full bg-line"
    >
      <div
        className={cx(
          'h-full rounded-full bg-accent transition-[width] duration-250',
          share === undefined && 'animate-pulse',
        )}
        style={{ width: share === undefined ? '100%' : `${share * 100}%` }}
      />
    </div>
  )
}
