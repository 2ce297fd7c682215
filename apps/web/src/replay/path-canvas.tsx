import '../canvas/canvas.css'
import { kinds } from '@tropa/nodes'
import {
  Background,
  BackgroundVariant,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  useStore,
  useStoreApi,
} from '@xyflow/react'
import { useCallback, useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useFlowWords } from '../canvas/use-flow-words.ts'
import { motionMs } from '../canvas/zoom.ts'
import { CanvasToolbar, ZoomButtons } from '../canvas/zoom-buttons.tsx'
import type { Enrollment } from './enrollment.ts'
import { PathEdge } from './path-edge.tsx'
import { type PathNodeType, pathElements, visitAt } from './path-elements.ts'
import { pathFit, pathFree, pathPadding } from './path-fit.ts'
import { PathNode } from './path-node.tsx'

const nodeTypes = { path: PathNode }
const edgeTypes = { path: PathEdge }

interface PathCanvasProps {
  enrollment: Enrollment
  /** The chosen step. */
  seq: number
  /** The node of the chosen step. */
  current: string | null
  onChoose: (seq: number) => void
}

/** How far a canvas moves so that [from, to] lies in [low, high], its start before its end; 0 when it already does. */
function nudge(from: number, to: number, low: number, high: number): number {
  return Math.max(low - from, Math.min(0, high - to))
}

/** Brings the chosen node into view by the shortest way, so that the steps before it stay seen. */
function useFollow(current: string | null, nodes: readonly PathNodeType[]) {
  const { getViewport, setViewport } = useReactFlow()
  const store = useStoreApi()
  const latest = useRef(nodes)
  latest.current = nodes
  const follow = useCallback(() => {
    const node = latest.current.find(({ id }) => id === current)
    const { width, height } = store.getState()
    if (!node || width === 0) return
    const { x, y, zoom } = getViewport()
    const left = node.position.x * zoom + x
    const top = node.position.y * zoom + y
    const dx = nudge(left, left + (node.width ?? 0) * zoom, pathFree.left, width - pathFree.right)
    const dy = nudge(top, top + (node.height ?? 0) * zoom, pathFree.top, height - pathFree.bottom)
    if (Math.abs(dx) >= 1 || Math.abs(dy) >= 1)
      void setViewport({ x: x + dx, y: y + dy, zoom }, { duration: motionMs() })
  }, [current, getViewport, setViewport, store])
  const shown = useRef(current)
  useEffect(() => {
    if (shown.current === current) return
    shown.current = current
    follow()
  }, [current, follow])
  return follow
}

/**
 * Fits the way into the canvas, and anew whenever the canvas changes its size or the way goes on, until the reader moves
 * it: the page around it may still be finding its measures.
 */
function useFitPath(taken: readonly PathNodeType[], follow: () => void) {
  const { fitView } = useReactFlow()
  const store = useStoreApi()
  const width = useStore((state) => state.width)
  const height = useStore((state) => state.height)
  const ready = useRef(false)
  const moved = useRef(false)
  const fit = useRef(() => {})
  const way = taken.map(({ id }) => id).join()
  fit.current = () => void fitView({ ...pathFit(taken, store.getState()), nodes: [...taken] }).then(follow)
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another size or way asks for another fit
  useEffect(() => {
    if (ready.current && !moved.current && width > 0) fit.current()
  }, [width, height, way])
  return {
    onInit: () => {
      ready.current = true
      fit.current()
    },
    // Only what the reader does comes with an event.
    onMoveStart: (event: MouseEvent | TouchEvent | null) => {
      if (event) moved.current = true
    },
  }
}

function Flow({ enrollment, seq, current, onChoose }: PathCanvasProps) {
  const { t } = useTranslation('replay')
  const { nodes, edges } = useMemo(() => pathElements(enrollment, kinds, current), [enrollment, current])
  const words = useFlowWords()
  const { fitView } = useReactFlow()
  const follow = useFollow(current, nodes)
  const taken = nodes.filter(({ data }) => data.tone !== 'plain')
  const fitting = useFitPath(taken, follow)
  return (
    <ReactFlow<PathNodeType>
      nodes={nodes}
      edges={edges}
      nodeTypes={nodeTypes}
      edgeTypes={edgeTypes}
      ariaLabelConfig={words}
      {...fitting}
      onNodeClick={(_, node) => {
        const next = visitAt(node.data.numbers, seq)
        if (next !== undefined) onChoose(next)
      }}
      minZoom={0.1}
      maxZoom={1.5}
      nodesDraggable={false}
      nodesConnectable={false}
      nodesFocusable={false}
      edgesFocusable={false}
      elementsSelectable={false}
      disableKeyboardA11y
      panOnScroll
      aria-label={t('map', { n: enrollment.version })}
    >
      <Background variant={BackgroundVariant.Dots} gap={24} size={1.5} />
      <CanvasToolbar>
        <ZoomButtons
          onFit={() => void fitView({ nodes: taken, maxZoom: 1, padding: pathPadding, duration: motionMs() })}
        />
      </CanvasToolbar>
    </ReactFlow>
  )
}

/** The version's own canvas, read-only, with the way of one enrollment on it. */
export function PathCanvas(props: PathCanvasProps) {
  return (
    <ReactFlowProvider>
      <Flow {...props} />
    </ReactFlowProvider>
  )
}
