import type { ReactNode } from 'react'
import { cx } from './cx.ts'

/** A key of the keyboard. */
export function Kbd({ children, onDark }: { children: ReactNode; onDark?: boolean }) {
  return (
    <kbd
      className={cx(
        'inline-flex h-5 min-w-5 items-center justify-center rounded-sm border px-1 font-sans text-xs',
        onDark ? 'border-current/30 opacity-80' : 'border-line bg-sunken text-ink-2',
      )}
    >
      {children}
    </kbd>
  )
}
