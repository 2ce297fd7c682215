import type { AnyKind, NodeGroup } from '@tropa/journey'
import { kinds } from '@tropa/nodes'
import { useReactFlow } from '@xyflow/react'
import { PanelLeftClose, PanelLeftOpen } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useText } from '../i18n/use-language.ts'
import { cx } from '../ui/cx.ts'
import { Tooltip } from '../ui/tooltip.tsx'
import { naturalLanding } from './editor/active-source.ts'
import { useEditorStore } from './editor/editor-context.tsx'
import { kindMime } from './editor/use-canvas-events.ts'
import { KindIcon } from './kind-icon.tsx'

const groups: NodeGroup[] = ['entry', 'timing', 'logic', 'message', 'customer', 'end']

/** The kinds by group: drag one onto the canvas or an edge, or press it to add it after the
 * active node. They stand beside the canvas, never over it. */
export function Palette() {
  const { t } = useTranslation('canvas')
  const [open, setOpen] = useState(true)
  return (
    <section
      aria-label={t('palette')}
      className={cx(
        'flex shrink-0 select-none flex-col border-r bg-surface max-lg:hidden',
        open ? 'w-50' : 'w-10',
      )}
    >
      <button
        type="button"
        aria-expanded={open}
        className={cx(
          'flex h-10 shrink-0 items-center text-sm font-semibold hover:bg-sunken',
          open ? 'justify-between px-3' : 'justify-center',
        )}
        onClick={() => setOpen(!open)}
      >
        <span className={open ? undefined : 'sr-only'}>{t('palette')}</span>
        {open ? <PanelLeftClose size={15} aria-hidden /> : <PanelLeftOpen size={15} aria-hidden />}
      </button>
      {open && (
        <div className="min-h-0 overflow-y-auto px-1.5 pb-1.5">
          {groups.map((group) => {
            const listed = kinds.filter((kind) => kind.group === group)
            if (listed.length === 0) return null
            return (
              <fieldset key={group} aria-label={t(`group_${group}`)} className="pb-1">
                <p className="px-1.5 pt-1 pb-0.5 text-xs text-ink-3">{t(`group_${group}`)}</p>
                {listed.map((kind) => (
                  <PaletteItem key={kind.kind} kind={kind} />
                ))}
              </fieldset>
            )
          })}
        </div>
      )}
    </section>
  )
}

function PaletteItem({ kind }: { kind: AnyKind }) {
  const text = useText()
  const store = useEditorStore()
  const { screenToFlowPosition } = useReactFlow()
  const add = () => {
    const pane = document.querySelector('.react-flow')?.getBoundingClientRect()
    const middle = screenToFlowPosition({
      x: (pane?.left ?? 0) + (pane?.width ?? 0) / 2 - 120,
      y: (pane?.top ?? 0) + (pane?.height ?? 0) / 2 - 36,
    })
    store.getState().insert(kind, naturalLanding(store.getState(), kind, middle))
  }
  return (
    <Tooltip text={text(kind.help)} side="right">
      <button
        type="button"
        draggable
        data-palette={kind.kind}
        onDragStart={(event) => {
          event.dataTransfer.setData(kindMime, kind.kind)
          event.dataTransfer.effectAllowed = 'copy'
        }}
        onClick={add}
        className={cx(
          'flex h-8 w-full items-center gap-2.5 rounded-md px-1.5 text-left text-sm hover:bg-sunken active:cursor-grabbing',
        )}
      >
        <span className="text-ink-2">
          <KindIcon name={kind.icon} />
        </span>
        <span className="truncate">{text(kind.title)}</span>
      </button>
    </Tooltip>
  )
}
