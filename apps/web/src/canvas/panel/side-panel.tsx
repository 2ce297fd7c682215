import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../ui/button.tsx'
import { useEditorStore } from '../editor/editor-context.tsx'
import { focusNode } from '../editor/focus-node.ts'

interface SidePanelProps {
  label: string
  header: ReactNode
  children: ReactNode
  footer?: ReactNode
}

/** The frame of the right-hand panel; on a phone it covers the canvas. */
export function SidePanel({ label, header, children, footer }: SidePanelProps) {
  const { t } = useTranslation('ui')
  const store = useEditorStore()
  const close = () => {
    store.getState().openPanel(null)
    focusNode(store.getState().active)
  }
  return (
    <aside
      aria-label={label}
      data-panel
      className="flex w-92 shrink-0 flex-col border-l bg-surface max-md:fixed max-md:inset-0 max-md:z-20 max-md:w-full max-md:border-0"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return
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
