import { X } from 'lucide-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../ui/button.tsx'
import { useEditorStore } from '../editor/editor-context.tsx'
import { focusNode } from '../editor/focus-node.ts'

interface SidePanelProps {
  label: string
  header: ReactNode
  children: ReactNode
  footer?: ReactNode
  /** Takes the focus when it opens and gives it back when it closes: for panels opened from the bar above. */
  takesFocus?: boolean
}

/** Moves the focus into a panel once whatever opened it, such as a menu, has let go of it; answers the opener. */
function useOpener(takesFocus: boolean) {
  const panel = useRef<HTMLElement>(null)
  const opener = useRef<HTMLElement | null>(null)
  useEffect(() => {
    if (!takesFocus) return
    const timer = setTimeout(() => {
      const { activeElement } = document
      if (panel.current?.contains(activeElement)) return
      opener.current = activeElement instanceof HTMLElement ? activeElement : null
      panel.current?.focus()
    }, 50)
    return () => clearTimeout(timer)
  }, [takesFocus])
  return { panel, opener }
}

/** The frame of the right-hand panel; on a phone it covers the page and leaves the bar at the foot. */
export function SidePanel({ label, header, children, footer, takesFocus = false }: SidePanelProps) {
  const { t } = useTranslation('ui')
  const store = useEditorStore()
  const { panel, opener } = useOpener(takesFocus)
  const close = () => {
    store.getState().openPanel(null)
    const back = opener.current
    if (back?.isConnected && back !== document.body) back.focus()
    else focusNode(store.getState().active)
  }
  return (
    <aside
      ref={panel}
      aria-label={label}
      data-panel
      tabIndex={-1}
      className="flex w-92 shrink-0 flex-col border-l bg-surface outline-none max-md:absolute max-md:inset-0 max-md:z-20 max-md:w-full max-md:border-0"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return
        event.preventDefault()
        event.stopPropagation()
        close()
      }}
    >
      <header className="flex items-start gap-2 border-b px-4 py-3">
        <div className="min-w-0 flex-1">{header}</div>
        <IconButton size="sm" label={t('close')} icon={<X size={16} aria-hidden />} onClick={close} />
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto px-4 py-4">{children}</div>
      {footer && <footer className="flex items-center gap-2 border-t px-4 py-2.5">{footer}</footer>}
    </aside>
  )
}
