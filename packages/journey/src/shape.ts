import type { Graph, GraphNode } from './graph.ts'

/** Ids of all nodes that can be reached from some nodes, themselves included. */
export function reachableFrom(graph: Graph, starts: readonly string[]): Set<string> {
  const out = grouped(graph)
  const reached = new Set<string>(starts)
  const queue = [...starts]
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    for (const edge of out.get(id) ?? []) {
      if (!reached.has(edge.to)) {
        reached.add(edge.to)
        queue.push(edge.to)
      }
    }
  }
  return reached
}

function grouped(graph: Graph): Map<string, Graph['edges']> {
  const out = new Map<string, Graph['edges']>()
  for (const edge of graph.edges) {
    const sofar = out.get(edge.from)
    if (sofar) sofar.push(edge)
    else out.set(edge.from, [edge])
  }
  return out
}

/** Ids of the nodes from which a node can be reached, itself not included unless it is in a loop. */
export function predecessors(graph: Graph, nodeId: string): Set<string> {
  const reversed = { ...graph, edges: graph.edges.map((edge) => ({ ...edge, from: edge.to, to: edge.from })) }
  const starts = reversed.edges.filter((edge) => edge.from === nodeId).map((edge) => edge.to)
  return reachableFrom(reversed, starts)
}

/** One node of every loop in which no node waits. */
export function loopsWithoutWait(graph: Graph, waits: (node: GraphNode) => boolean): GraphNode[] {
  const quick = new Set(graph.nodes.filter((node) => !waits(node)).map((node) => node.id))
  const restless = {
    ...graph,
    edges: graph.edges.filter((edge) => quick.has(edge.from) && quick.has(edge.to)),
  }
  const found: GraphNode[] = []
  const covered = new Set<string>()
  for (const node of graph.nodes) {
    if (covered.has(node.id) || !quick.has(node.id)) continue
    const before = predecessors(restless, node.id)
    if (!before.has(node.id)) continue
    found.push(node)
    const after = reachableFrom(restless, [node.id])
    for (const id of before) if (after.has(id)) covered.add(id)
  }
  return found
}
