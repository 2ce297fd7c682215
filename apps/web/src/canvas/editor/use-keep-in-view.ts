import { kindOf } from '@tropa/journey'
import { kinds } from '@tropa/nodes'
import { useReactFlow } from '@xyflow/react'
import { type RefObject, useLayoutEffect } from 'react'
import { cardSize } from '../card-size.ts'
import { minimapBox } from '../zoom.ts'
import { useEditor, useEditorStore } from './editor-context.tsx'
import { nodeOf } from './editor-store.ts'
import { shiftToSee } from './keep-in-view.ts'

/** How high the controls at the foot of the canvas reach. */
const controls = 48
/** How far the “+” of an output reaches over the card's right side. */
const plus = 12

/**
 * Keeps the card whose panel is open in sight. The canvas moves only if the card is not seen whole, and then at once,
 * before the browser paints: what is seen is what the next press hits.
 */
export function useKeepInView(frame: RefObject<HTMLElement | null>): void {
  const flow = useReactFlow()
  const store = useEditorStore()
  const id = useEditor((state) => (state.panel?.show === 'node' ? state.panel.id : null))
  useLayoutEffect(() => {
    const { graph, numbers } = store.getState()
    const node = nodeOf(graph, id)
    const pane = frame.current?.getBoundingClientRect()
    if (!node || !pane) return
    const { x, y, zoom } = flow.getViewport()
    const { width, height } = cardSize(node, kindOf(kinds, node.kind), numbers !== null)
    const left = pane.left + x + node.position.x * zoom
    const top = pane.top + y + node.position.y * zoom
    const by = shiftToSee(
      { left, top, right: left + (width + plus) * zoom, bottom: top + height * zoom },
      {
        left: pane.left,
        top: pane.top,
        right: pane.right,
        bottom: Math.min(pane.bottom - controls, minimapBox()?.top ?? pane.bottom),
      },
    )
    if (by.x !== 0 || by.y !== 0) void flow.setViewport({ x: x + by.x, y: y + by.y, zoom })
  }, [id, flow, store, frame])
}
