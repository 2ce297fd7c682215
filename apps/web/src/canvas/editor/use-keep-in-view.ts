import { kindOf } from '@tropa/journey'
import { kinds } from '@tropa/nodes'
import { useReactFlow, type Viewport } from '@xyflow/react'
import { type RefObject, useCallback, useLayoutEffect, useRef } from 'react'
import { cardSize } from '../card-size.ts'
import { minimapBox } from '../zoom.ts'
import { useEditor, useEditorStore } from './editor-context.tsx'
import { nodeOf } from './editor-store.ts'
import { type Box, shiftToSee } from './keep-in-view.ts'

/** How high the controls at the foot of the canvas reach. */
const controls = 48
/** How far the “+” of an output reaches over the card's right side. */
const plus = 12

function isSame(one: Viewport, other: Viewport): boolean {
  return Math.abs(one.x - other.x) < 1 && Math.abs(one.y - other.y) < 1 && one.zoom === other.zoom
}

/**
 * Keeps the card whose panel is open in sight. The canvas moves only if the card is not seen whole, and then at once,
 * before the browser paints: what is seen is what the next press hits. Answers how to tell from where the canvas stands
 * where the member left it: a panel moves it for as long as it is open, not for the next visit.
 */
export function useKeepInView(frame: RefObject<HTMLElement | null>): (viewport: Viewport) => Viewport {
  const flow = useReactFlow()
  const store = useEditorStore()
  const id = useEditor((state) => (state.panel?.show === 'node' ? state.panel.id : null))
  const pushed = useRef<{ from: Viewport; to: Viewport } | null>(null)
  useLayoutEffect(() => {
    const { graph, numbers } = store.getState()
    const node = nodeOf(graph, id)
    const pane = frame.current?.getBoundingClientRect()
    if (!node || !pane) return
    const { width, height } = cardSize(node, kindOf(kinds, node.kind), numbers !== null)
    const boxAt = ({ x, y, zoom }: Viewport): Box => {
      const left = pane.left + x + node.position.x * zoom
      const top = pane.top + y + node.position.y * zoom
      return { left, top, right: left + (width + plus) * zoom, bottom: top + height * zoom }
    }
    const { left, top, right } = pane
    const bottom = Math.min(pane.bottom - controls, minimapBox()?.top ?? pane.bottom)
    const now = flow.getViewport()
    const by = shiftToSee(boxAt(now), { left, top, right, bottom })
    if (by.x === 0 && by.y === 0) return
    const to = { x: now.x + by.x, y: now.y + by.y, zoom: now.zoom }
    const from = pushed.current && isSame(pushed.current.to, now) ? pushed.current.from : now
    const without = shiftToSee(boxAt(from), { left, top, right: window.innerWidth, bottom })
    pushed.current = without.x === 0 && without.y === 0 ? { from, to } : null
    void flow.setViewport(to)
  }, [id, flow, store, frame])
  return useCallback(
    (viewport) => (pushed.current && isSame(pushed.current.to, viewport) ? pushed.current.from : viewport),
    [],
  )
}
