import { useReactFlow, useViewport } from '@xyflow/react'
import { Keyboard, Map as MapIcon, Maximize, Minus, Plus, WandSparkles } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../i18n/use-format.ts'
import { IconButton } from '../ui/button.tsx'
import { useEditor, useEditorStore } from './editor/editor-context.tsx'
import { fitOptions, motionMs } from './zoom.ts'

interface CanvasControlsProps {
  tidy: () => void
  tidying: boolean
  mapOpen: boolean
  onMap: () => void
  onHelp: () => void
}

function ZoomFigure() {
  const { zoom } = useViewport()
  const format = useFormat()
  return <>{format.percent(Math.round(zoom * 100) / 100)}</>
}

/** Add, zoom, fit, tidy, minimap and key help, in the lower left corner. */
export function CanvasControls({ tidy, tidying, mapOpen, onMap, onHelp }: CanvasControlsProps) {
  const { t } = useTranslation('canvas')
  const flow = useReactFlow()
  const store = useEditorStore()
  const editable = useEditor((state) => state.editable)
  const duration = motionMs()
  return (
    <div
      role="toolbar"
      aria-label={t('controls')}
      className="absolute bottom-3 left-3 z-10 flex select-none items-center gap-0.5 rounded-lg border bg-surface p-0.5 shadow-sm"
    >
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
      <IconButton
        size="sm"
        side="top"
        label={t('zoomOut')}
        shortcut="−"
        icon={<Minus size={15} aria-hidden />}
        onClick={() => void flow.zoomOut({ duration })}
      />
      <button
        type="button"
        aria-label={t('zoom100')}
        className="tabular h-7 w-12 rounded-md text-center text-xs text-ink-2 hover:bg-sunken"
        onClick={() => void flow.zoomTo(1, { duration })}
      >
        <ZoomFigure />
      </button>
      <IconButton
        size="sm"
        side="top"
        label={t('zoomIn')}
        shortcut="+"
        icon={<Plus size={15} aria-hidden />}
        onClick={() => void flow.zoomIn({ duration })}
      />
      <IconButton
        size="sm"
        side="top"
        label={t('fit')}
        shortcut="1"
        icon={<Maximize size={15} aria-hidden />}
        onClick={() => void flow.fitView(fitOptions())}
      />
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
    </div>
  )
}
