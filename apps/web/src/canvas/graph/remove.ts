import type { Graph, GraphEdge } from '@tropa/journey'

/** The edges that lead on from a node, one per different target, in drawing order. */
export function waysOn(graph: Graph, id: string): GraphEdge[] {
  const targets = new Set<string>()
  return graph.edges.filter((edge) => {
    if (edge.from !== id || edge.to === id || targets.has(edge.to)) return false
    targets.add(edge.to)
    return true
  })
}

/** Whether removing a node needs an answer to "keep which way?": something leads in and several ways lead on. */
export function needsChoice(graph: Graph, id: string): boolean {
  return waysOn(graph, id).length > 1 && graph.edges.some((edge) => edge.to === id && edge.from !== id)
}

/**
 * Removes a node and keeps the flow: a→b→c becomes a→c. With several ways on, `keep` names the output that
 * continues; `null` continues none. Without `keep` the first way is taken.
 */
export function removeNode(graph: Graph, id: string, keep?: string | null): Graph {
  const ways = waysOn(graph, id)
  const kept = keep === undefined ? ways[0] : ways.find((edge) => edge.output === keep)
  const edges = graph.edges.flatMap((edge) => {
    if (edge.from === id) return []
    if (edge.to !== id) return [edge]
    return kept && kept.to !== edge.from ? [{ ...edge, to: kept.to }] : []
  })
  return { ...graph, nodes: graph.nodes.filter((node) => node.id !== id), edges }
}

/** Removes several nodes one after the other, keeping the first way of each. */
export function removeNodes(graph: Graph, ids: Iterable<string>): Graph {
  let next = graph
  for (const id of ids) next = removeNode(next, id)
  return next
}
