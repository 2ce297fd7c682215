import { type GraphEdge, type GraphNode, kindOf, own } from '@tropa/journey'
import { kinds } from '@tropa/nodes'
import { useMemo, useRef } from 'react'
import { cardSize } from '../card-size.ts'
import type { FlowNodeType } from '../editor-node.tsx'
import type { FlowEdgeType } from '../flow-edge.tsx'
import type { Point } from '../graph/edit.ts'
import { waysAround } from '../graph/ways.ts'
import { useEditor } from './editor-context.tsx'

/** The nodes of the graph as React Flow wants them; those that did not change keep their identity, so that memoised cards rest. */
export function useFlowNodes(): FlowNodeType[] {
  const graph = useEditor((state) => state.graph)
  const passing = useEditor((state) => state.passing)
  const selected = useEditor((state) => state.selected)
  const live = useEditor((state) => state.numbers !== null)
  const draggable = useEditor((state) => state.editable)
  const cache = useRef(new Map<string, FlowNodeType>())
  return useMemo(() => {
    const next = new Map<string, FlowNodeType>()
    for (const node of graph.nodes) {
      const position = own(passing, node.id) ?? node.position
      const size = cardSize(node, kindOf(kinds, node.kind), live)
      const chosen = selected.has(node.id)
      const old = cache.current.get(node.id)
      const same =
        old?.data.node === node &&
        old.position.x === position.x &&
        old.position.y === position.y &&
        old.selected === chosen &&
        old.height === size.height &&
        old.draggable === draggable
      const { id } = node
      const fresh = {
        id,
        type: 'card' as const,
        data: { node },
        position,
        selected: chosen,
        draggable,
        ...size,
        measured: size,
      }
      next.set(id, same ? old : fresh)
    }
    cache.current = next
    return [...next.values()]
  }, [graph, passing, selected, live, draggable])
}

/** The ways of those edges that would hide behind a card if they were plain curves. */
function useWays(): Map<string, Point[]> {
  const nodes = useEditor((state) => state.graph.nodes)
  const edges = useEditor((state) => state.graph.edges)
  const passing = useEditor((state) => state.passing)
  const live = useEditor((state) => state.numbers !== null)
  return useMemo(
    () => waysAround(placesNow(nodes, passing), edges, kinds, live),
    [nodes, edges, passing, live],
  )
}

function placesNow(nodes: readonly GraphNode[], passing: Readonly<Record<string, Point>>): GraphNode[] {
  return nodes.map((node) => ({ ...node, position: own(passing, node.id) ?? node.position }))
}

function sameWay(one: readonly Point[] | null | undefined, other: readonly Point[] | null): boolean {
  if (!one || !other) return !one && !other
  return one.length === other.length && one.every(({ x, y }, at) => x === other[at]?.x && y === other[at]?.y)
}

/** The edges of the graph as React Flow wants them; an edge to a node that is not there is left to the problems panel. */
export function useFlowEdges(): FlowEdgeType[] {
  const graph = useEditor((state) => state.graph)
  const selectedEdge = useEditor((state) => state.selectedEdge)
  const ways = useWays()
  const cache = useRef(new Map<string, { edge: GraphEdge; flow: FlowEdgeType }>())
  return useMemo(() => {
    const known = new Set(graph.nodes.map(({ id }) => id))
    const next = new Map<string, { edge: GraphEdge; flow: FlowEdgeType }>()
    for (const edge of graph.edges) {
      if (!known.has(edge.from) || !known.has(edge.to)) continue
      const selected = edge.id === selectedEdge
      const old = cache.current.get(edge.id)
      const corners = ways.get(edge.id) ?? null
      const same =
        old?.edge === edge && old.flow.selected === selected && sameWay(old.flow.data?.corners, corners)
      const { id, from, output, to } = edge
      const fresh: FlowEdgeType = {
        id,
        type: 'flow',
        source: from,
        sourceHandle: output,
        target: to,
        targetHandle: 'in',
        // The cards and the outline say where each output leads.
        domAttributes: { 'aria-hidden': true },
        selected,
        data: { from, output, corners },
      }
      next.set(id, { edge, flow: same ? old.flow : fresh })
    }
    cache.current = next
    return [...next.values()].map(({ flow }) => flow)
  }, [graph, selectedEdge, ways])
}
