import type { ReactNode } from 'react'

/** The sentence that says what a tab is for, and its one main action. */
export function TabHead({ text, action }: { text: string; action?: ReactNode }) {
  return (
    <header className="mb-4 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
      <p className="max-w-[68ch] text-sm text-ink-2">{text}</p>
      {action}
    </header>
  )
}
