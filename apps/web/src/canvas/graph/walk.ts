import { type AnyKind, type Graph, type GraphNode, kindOf } from '@tropa/journey'

/** The graph's nodes in reading order: from the entries along the outputs, each once; what nothing leads to comes last. */
export function readingOrder(graph: Graph, kinds: readonly AnyKind[]): GraphNode[] {
  const byId = new Map(graph.nodes.map((node) => [node.id, node]))
  const seen = new Set<string>()
  const order: GraphNode[] = []
  const visit = (id: string) => {
    const node = byId.get(id)
    if (!node || seen.has(id)) return
    seen.add(id)
    order.push(node)
    for (const next of nextOf(graph, kinds, id)) visit(next)
  }
  for (const node of entriesFirst(graph, kinds)) visit(node.id)
  return order
}

function entriesFirst(graph: Graph, kinds: readonly AnyKind[]): GraphNode[] {
  const isEntry = (node: GraphNode) => Boolean(kindOf(kinds, node.kind)?.entry)
  const led = new Set(graph.edges.map((edge) => edge.to))
  const rank = (node: GraphNode) => (isEntry(node) ? 0 : led.has(node.id) ? 2 : 1)
  return [...graph.nodes].sort((a, b) => rank(a) - rank(b) || a.position.y - b.position.y)
}

/** Ids of the nodes after a node, in the order of its outputs. */
export function nextOf(graph: Graph, kinds: readonly AnyKind[], id: string): string[] {
  const node = graph.nodes.find((one) => one.id === id)
  const outputs = (node && kindOf(kinds, node.kind)?.outputs(node.config)) ?? []
  const rank = new Map(outputs.map((output, index) => [output.id, index]))
  return graph.edges
    .filter((edge) => edge.from === id)
    .sort((a, b) => (rank.get(a.output) ?? 99) - (rank.get(b.output) ?? 99))
    .map((edge) => edge.to)
}

/** Where an arrow key leads from a node: along the flow, back, or to a sibling behind the same node. */
export function neighbour(
  graph: Graph,
  kinds: readonly AnyKind[],
  id: string,
  way: 'next' | 'previous' | 'sibling_before' | 'sibling_after',
): string | undefined {
  if (way === 'next') return nextOf(graph, kinds, id)[0]
  const parent = graph.edges.find((edge) => edge.to === id)?.from
  if (way === 'previous') return parent
  const siblings = parent
    ? nextOf(graph, kinds, parent)
    : entriesFirst(graph, kinds)
        .filter((node) => !graph.edges.some((edge) => edge.to === node.id))
        .map((node) => node.id)
  const at = siblings.indexOf(id)
  return siblings[at + (way === 'sibling_after' ? 1 : -1)]
}
