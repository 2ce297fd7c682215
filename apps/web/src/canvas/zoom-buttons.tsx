import { useReactFlow, useViewport } from '@xyflow/react'
import { Maximize, Minus, Plus } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../i18n/use-format.ts'
import { IconButton } from '../ui/button.tsx'
import { motionMs } from './zoom.ts'

/** The frame of the buttons that stand in the lower left corner of a canvas. */
export function CanvasToolbar({ children }: { children: ReactNode }) {
  const { t } = useTranslation('canvas')
  return (
    <div
      role="toolbar"
      aria-label={t('controls')}
      className="absolute bottom-3 left-3 z-10 flex select-none items-center gap-0.5 rounded-lg border bg-surface p-0.5 shadow-sm"
    >
      {children}
    </div>
  )
}

function ZoomFigure() {
  const { zoom } = useViewport()
  const format = useFormat()
  return <>{format.percent(Math.round(zoom * 100) / 100)}</>
}

interface ZoomButtonsProps {
  onFit: () => void
  /** Whether this canvas listens to the keys of zooming, which the hints then name. */
  keys?: boolean
}

/** Out, the zoom as a figure that leads to 100 %, in, and the whole: the same on every canvas. */
export function ZoomButtons({ onFit, keys = false }: ZoomButtonsProps) {
  const { t } = useTranslation('canvas')
  const flow = useReactFlow()
  const duration = motionMs()
  return (
    <>
      <IconButton
        size="sm"
        side="top"
        label={t('zoomOut')}
        {...(keys && { shortcut: '−' })}
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
        {...(keys && { shortcut: '+' })}
        icon={<Plus size={15} aria-hidden />}
        onClick={() => void flow.zoomIn({ duration })}
      />
      <IconButton
        size="sm"
        side="top"
        label={t('fit')}
        {...(keys && { shortcut: '1' })}
        icon={<Maximize size={15} aria-hidden />}
        onClick={onFit}
      />
    </>
  )
}
