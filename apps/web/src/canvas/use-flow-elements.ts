import { type GraphEdge, kindOf } from '@tropa/journey'
import { kinds } from '@tropa/nodes'
import { useMemo, useRef } from 'react'
import { cardSize } from './card-size.ts'
import { useEditor } from './editor-context.tsx'
import type { FlowNodeType } from './editor-node.tsx'
import type { FlowEdgeType } from './flow-edge.tsx'

/** The graph as React Flow wants it; elements that did not change keep their identity, so that memoised cards rest. */
export function useFlowElements(): { nodes: FlowNodeType[]; edges: FlowEdgeType[] } {
  const graph = useEditor((state) => state.graph)
  const passing = useEditor((state) => state.passing)
  const selected = useEditor((state) => state.selected)
  const selectedEdge = useEditor((state) => state.selectedEdge)
  const live = useEditor((state) => state.numbers !== null)
  const editable = useEditor((state) => state.editable)
  const nodeCache = useRef(new Map<string, FlowNodeType>())
  const edgeCache = useRef(new Map<string, { edge: GraphEdge; flow: FlowEdgeType }>())

  const nodes = useMemo(() => {
    const next = new Map<string, FlowNodeType>()
    for (const node of graph.nodes) {
      const position = passing[node.id] ?? node.position
      const size = cardSize(node, kindOf(kinds, node.kind), live)
      const chosen = selected.has(node.id)
      const old = nodeCache.current.get(node.id)
      const same =
        old?.data.node === node &&
        old.position.x === position.x &&
        old.position.y === position.y &&
        old.selected === chosen &&
        old.height === size.height &&
        old.draggable === editable
      next.set(
        node.id,
        same
          ? old
          : {
              id: node.id,
              type: 'card',
              data: { node },
              position,
              selected: chosen,
              draggable: editable,
              ...size,
              measured: size,
            },
      )
    }
    nodeCache.current = next
    return [...next.values()]
  }, [graph, passing, selected, live, editable])

  const edges = useMemo(() => {
    const known = new Set(graph.nodes.map(({ id }) => id))
    const next = new Map<string, { edge: GraphEdge; flow: FlowEdgeType }>()
    for (const edge of graph.edges) {
      if (!known.has(edge.from) || !known.has(edge.to)) continue
      const chosen = edge.id === selectedEdge
      const old = edgeCache.current.get(edge.id)
      const flow: FlowEdgeType =
        old?.edge === edge && old.flow.selected === chosen
          ? old.flow
          : {
              id: edge.id,
              type: 'flow',
              source: edge.from,
              sourceHandle: edge.output,
              target: edge.to,
              targetHandle: 'in',
              selected: chosen,
              data: { from: edge.from, output: edge.output },
            }
      next.set(edge.id, { edge, flow })
    }
    edgeCache.current = next
    return [...next.values()].map(({ flow }) => flow)
  }, [graph, selectedEdge])

  return { nodes, edges }
}
