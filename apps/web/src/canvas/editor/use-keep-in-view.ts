import { useReactFlow } from '@xyflow/react'
import { type RefObject, useEffect } from 'react'
import { motionMs } from '../zoom.ts'
import { useEditor } from './editor-context.tsx'

const margin = 24

/** How far a span must move to lie inside another, with the start having priority when it does not fit. */
function shiftInto(start: number, end: number, from: number, to: number): number {
  if (start < from) return from - start
  return end > to ? Math.max(to - end, from - start) : 0
}

/** Pans just enough to keep the card whose panel is open in sight, beside the palette and above the controls. */
export function useKeepInView(frame: RefObject<HTMLElement | null>): void {
  const flow = useReactFlow()
  const id = useEditor((state) => (state.panel?.show === 'node' ? state.panel.id : null))
  useEffect(() => {
    if (id === null) return
    // Two frames: the panel takes its width in the first, React Flow measures a new card in the second.
    let handle = requestAnimationFrame(() => {
      handle = requestAnimationFrame(() => {
        const card = frame.current?.querySelector(`[data-card="${CSS.escape(id)}"]`)?.getBoundingClientRect()
        const pane = frame.current?.getBoundingClientRect()
        if (!card || !pane) return
        const left = window.innerWidth >= 1024 ? 216 : 0
        const x = shiftInto(card.left, card.right + 20, pane.left + left + margin, pane.right - margin)
        const y = shiftInto(card.top, card.bottom, pane.top + margin, pane.bottom - 56)
        if (x === 0 && y === 0) return
        const viewport = flow.getViewport()
        void flow.setViewport({ ...viewport, x: viewport.x + x, y: viewport.y + y }, { duration: motionMs() })
      })
    })
    return () => cancelAnimationFrame(handle)
  }, [id, flow, frame])
}
