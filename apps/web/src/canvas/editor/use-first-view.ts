import { kinds } from '@tropa/nodes'
import { useReactFlow, type Viewport } from '@xyflow/react'
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { FlowNodeType } from '../editor-node.tsx'
import { firstView, opensWhole } from '../first-view.ts'
import { readingOrder } from '../graph/walk.ts'
import { emptyViewport, freeAround, hasMinimap } from '../zoom.ts'
import { useEditorStore } from './editor-context.tsx'
import { type Box, showsEnough } from './keep-in-view.ts'
import { rememberedViewport } from './viewports.ts'

function boxOf({ position: { x, y }, width = 0, height = 0 }: FlowNodeType, { zoom, ...at }: Viewport): Box {
  const [left, top] = [x * zoom + at.x, y * zoom + at.y]
  return { left, top, right: left + width * zoom, bottom: top + height * zoom }
}

function frameOf(element: HTMLElement | null) {
  const { clientWidth: width = 0, clientHeight: height = 0 } = element ?? {}
  return { width, height, free: freeAround(hasMinimap()) }
}

const asDrawn = { x: 0, y: 0, zoom: 1 }

/**
 * Where the canvas is looked at first: as the member left it, if that leaves out nothing that could be seen as well; else
 * the graph, or the place of its first block. `null` before the canvas has a size. A ready graph that takes the place of
 * an empty canvas is shown in the same way.
 */
export function useFirstView(
  frame: RefObject<HTMLElement | null>,
  nodes: readonly FlowNodeType[],
  memberId: string,
  journeyId: string,
): Viewport | null {
  const store = useEditorStore()
  const flow = useReactFlow()
  const [view, setView] = useState<Viewport | null>(null)
  const latest = useRef(nodes)
  latest.current = nodes
  const ofGraph = useCallback((): Viewport => {
    const entryId = readingOrder(store.getState().graph, kinds)[0]?.id
    const entry = latest.current.find(({ id }) => id === entryId)
    if (!entry) return emptyViewport()
    const cards = latest.current.map((node) => boxOf(node, asDrawn))
    return firstView(cards, boxOf(entry, asDrawn), frameOf(frame.current))
  }, [frame, store])
  useLayoutEffect(() => {
    const kept = rememberedViewport(localStorage, memberId, journeyId)
    const place = frameOf(frame.current)
    const window = { left: 0, top: 0, right: place.width, bottom: place.height }
    const cardsAt = (viewport: Viewport) => latest.current.map((node) => boxOf(node, viewport))
    const least = opensWhole(cardsAt(asDrawn), place) ? Number.POSITIVE_INFINITY : 2
    const isGood = latest.current.length > 0 && kept && showsEnough(cardsAt(kept), window, least)
    setView(isGood ? kept : ofGraph())
  }, [frame, ofGraph, memberId, journeyId])
  const before = useRef(nodes.length)
  useEffect(() => {
    if (before.current === 0 && nodes.length > 1) void flow.setViewport(ofGraph())
    before.current = nodes.length
  }, [nodes.length, flow, ofGraph])
  return view
}
