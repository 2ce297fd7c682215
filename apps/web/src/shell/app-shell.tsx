import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { AwayBanner } from './away-banner.tsx'
import { BottomBar } from './bottom-bar.tsx'
import { Sidebar } from './sidebar.tsx'

interface AppShellProps {
  /** Gives the page the whole width by folding the sidebar to a rail. */
  narrow: boolean
  children: ReactNode
}

/** Sidebar on wide screens, bottom bar on phones, the page beside or above. */
export function AppShell({ narrow, children }: AppShellProps) {
  const { t } = useTranslation('shell')
  return (
    <div className="flex h-dvh flex-col md:flex-row">
      <a
        href="#content"
        className="sr-only z-50 rounded-md bg-accent px-3 py-2 text-white focus:not-sr-only focus:absolute focus:top-2 focus:left-2"
      >
        {t('skip')}
      </a>
      <Sidebar forceRail={narrow} />
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        <AwayBanner />
        <main
          id="content"
          tabIndex={-1}
          className="relative min-h-0 min-w-0 flex-1 overflow-y-auto outline-none"
        >
          {children}
        </main>
      </div>
      <BottomBar />
    </div>
  )
}
