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
    <header className="pb-6">
      {back && <div className="pb-1 text-sm text-ink-2">{back}</div>}
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <h1 className="min-h-8 min-w-0 text-xl leading-8 font-semibold text-balance break-words">{title}</h1>
        {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </div>
      {description && <p className="mt-0.5 max-w-[68ch] text-sm text-ink-2">{description}</p>}
    </header>
  )
}

/** The usual frame of a page that is not the canvas. */
export function Page({ children }: { children: ReactNode }) {
  return <div className="mx-auto w-full max-w-7xl px-4 py-6 md:px-8 md:py-8">{children}</div>
}
