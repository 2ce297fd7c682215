import type { Output } from '@tropa/journey'
import { Link2, Plus, Unlink } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useText } from '../../i18n/use-language.ts'
import { IconButton } from '../../ui/button.tsx'
import { useEditor, useEditorStore } from '../editor/editor-context.tsx'
import { disconnect, edgeFrom, type Source } from '../graph/edit.ts'

/** Adds behind an output, connects it or lets its edge go: what dragging does on the canvas. */
export function OutputActions({ source, output }: { source: Source; output: Output }) {
  const { t } = useTranslation('canvas')
  const text = useText()
  const store = useEditorStore()
  const editable = useEditor((state) => state.editable)
  const edge = useEditor((state) => edgeFrom(state.graph, source))
  if (!editable) return null
  return (
    <div className="flex shrink-0 items-center">
      <IconButton
        size="sm"
        label={t('addAfter', { output: text(output.label) })}
        icon={<Plus size={14} aria-hidden />}
        onClick={(event) => {
          const box = event.currentTarget.getBoundingClientRect()
          const screen = { x: box.left, y: box.bottom }
          store.getState().openPicker({ screen, landing: { behind: source } })
        }}
      />
      <IconButton
        size="sm"
        label={t('connectTo')}
        icon={<Link2 size={14} aria-hidden />}
        onClick={() => store.setState({ connecting: source })}
      />
      <IconButton
        size="sm"
        className={edge ? undefined : 'invisible max-sm:hidden'}
        label={t('deleteEdge')}
        icon={<Unlink size={14} aria-hidden />}
        onClick={() => edge && store.getState().apply(disconnect(store.getState().graph, edge.id))}
      />
    </div>
  )
}
