import { type GraphEdge, kindOf } from '@tropa/journey'
import { kinds } from '@tropa/nodes'
import { useMemo, useRef } from 'react'
import { cardSize } from '../card-size.ts'
import type { FlowNodeType } from '../editor-node.tsx'
import type { FlowEdgeType } from '../flow-edge.tsx'
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
      const position = passing[node.id] ?? node.position
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

/** The edges of the graph as React Flow wants them; an edge to a node that is not there is left to the problems panel. */
export function useFlowEdges(): FlowEdgeType[] {
  const graph = useEditor((state) => state.graph)
  const selectedEdge = useEditor((state) => state.selectedEdge)
  const cache = useRef(new Map<string, { edge: GraphEdge; flow: FlowEdgeType }>())
  return useMemo(() => {
    const known = new Set(graph.nodes.map(({ id }) => id))
    const next = new Map<string, { edge: GraphEdge; flow: FlowEdgeType }>()
    for (const edge of graph.edges) {
      if (!known.has(edge.from) || !known.has(edge.to)) continue
      const selected = edge.id === selectedEdge
      const old = cache.current.get(edge.id)
      const same = old?.edge === edge && old.flow.selected === selected
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
        data: { from, output },
      }
      next.set(id, { edge, flow: same ? old.flow : fresh })
    }
    cache.current = next
    return [...next.values()].map(({ flow }) => flow)
  }, [graph, selectedEdge])
}
