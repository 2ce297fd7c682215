import type { ReactNode } from 'react'

interface CardProps {
  title: string
  action?: ReactNode
  children: ReactNode
}

/** A titled part of a side column. */
export function Card({ title, action, children }: CardProps) {
  return (
    <section aria-label={title}>
      <header className="flex h-8 items-center justify-between gap-2">
        <h2 className="text-sm font-semibold">{title}</h2>
        {action}
      </header>
      {children}
    </section>
  )
}
