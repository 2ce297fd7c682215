import { useReactFlow } from '@xyflow/react'
import { Keyboard, Map as MapIcon, Plus, WandSparkles } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../ui/button.tsx'
import { useEditor, useEditorStore } from './editor/editor-context.tsx'
import { fitOptions } from './zoom.ts'
import { CanvasToolbar, ZoomButtons } from './zoom-buttons.tsx'

interface CanvasControlsProps {
  tidy: () => void
  tidying: boolean
  mapOpen: boolean
  onMap: () => void
  onHelp: () => void
}

/** Add, zoom, fit, tidy, minimap and key help, in the lower left corner. */
export function CanvasControls({ tidy, tidying, mapOpen, onMap, onHelp }: CanvasControlsProps) {
  const { t } = useTranslation('canvas')
  const flow = useReactFlow()
  const store = useEditorStore()
  const editable = useEditor((state) => state.editable)
  return (
    <CanvasToolbar>
      {editable && (
        <IconButton
          size="sm"
          side="top"
          className="lg:hidden"
          label={t('addNode')}
          icon={<Plus size={16} className="text-accent-text" aria-hidden />}
          onClick={(event) =>
            store.getState().openPicker({
              screen: { x: event.clientX, y: event.clientY },
              landing: { at: flow.screenToFlowPosition({ x: 40, y: 200 }) },
            })
          }
        />
      )}
      <ZoomButtons keys onFit={() => void flow.fitView(fitOptions())} />
      {editable && (
        <IconButton
          size="sm"
          side="top"
          label={t('tidy')}
          shortcut="T"
          disabled={tidying}
          icon={<WandSparkles size={15} aria-hidden />}
          onClick={tidy}
        />
      )}
      <IconButton
        size="sm"
        side="top"
        className="max-lg:hidden"
        label={t('minimap')}
        aria-pressed={mapOpen}
        icon={<MapIcon size={15} aria-hidden />}
        onClick={onMap}
      />
      <IconButton
        size="sm"
        side="top"
        className="max-lg:hidden"
        label={t('keys')}
        shortcut="?"
        icon={<Keyboard size={15} aria-hidden />}
        onClick={onHelp}
      />
    </CanvasToolbar>
  )
}
