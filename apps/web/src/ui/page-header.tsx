import type { ReactNode } from 'react'

interface PageHeaderProps {
  title: ReactNode
  description?: ReactNode
  actions?: ReactNode
  /** A link back to the list this page belongs to. */
  back?: ReactNode
}

/** The head of a page: its name, one sentence, and what can be done here. */
export function PageHeader({ title, description, actions, back }: PageHeaderProps) {
  return (
    <header className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3 pb-6">
      <div className="min-w-0">
        {back && <div className="pb-1 text-sm text-ink-2">{back}</div>}
        <h1 className="text-xl font-semibold text-balance break-words">{title}</h1>
        {description && <p className="mt-1 max-w-[68ch] text-sm text-ink-2">{description}</p>}
      </div>
      {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
    </header>
  )
}

/** The usual frame of a page that is not the canvas. */
export function Page({ children }: { children: ReactNode }) {
  return <div className="mx-auto w-full max-w-6xl px-4 py-6 md:px-8 md:py-8">{children}</div>
}
