import type { Graph, GraphNode } from './graph.ts'
import { type AnyKind, kindOf } from './node.ts'

const column = 328
/** Room for a card without its outputs, for each of them, and for the gap below it, in canvas pixels. */
const room = { card: 148, output: 26 }

/**
 * The graph with places of its own for the nodes when it came without: when all stand on one spot. Columns follow the
 * longest way from a beginning; cards with more outputs take more room. Any other graph stays as it is drawn.
 */
export function spread(graph: Graph, kinds: readonly AnyKind[]): Graph {
  const [first] = graph.nodes
  const drawn = graph.nodes.some(
    ({ position }) => position.x !== first?.position.x || position.y !== first.position.y,
  )
  if (!first || graph.nodes.length === 1 || drawn) return graph
  const columns = columnsOf(graph)
  const filled = new Map<number, number>()
  const roomOf = ({ kind, config }: GraphNode) =>
    room.card + room.output * (kindOf(kinds, kind)?.outputs(config).length ?? 0)
  const nodes = graph.nodes.map((node) => {
    const at = columns.get(node.id) ?? 0
    const below = filled.get(at) ?? 0
    filled.set(at, below + roomOf(node))
    const position = { x: first.position.x + at * column, y: first.position.y + below }
    return { ...node, position }
  })
  return { ...graph, nodes }
}

/** How far each node is from a beginning by its longest way; an edge that leads back into its own way counts for nothing. */
function columnsOf({ nodes, edges }: Graph): Map<string, number> {
  const columns = new Map<string, number>()
  const next = new Map<string, string[]>()
  for (const { from, to } of edges) next.set(from, [...(next.get(from) ?? []), to])
  const order: string[] = []
  const back = new Set<string>()
  const state = new Map<string, 'open' | 'done'>()
  const visit = (id: string): void => {
    state.set(id, 'open')
    for (const to of next.get(id) ?? []) {
      if (state.get(to) === 'open') back.add(`${id} ${to}`)
      else if (!state.has(to)) visit(to)
    }
    state.set(id, 'done')
    order.unshift(id)
  }
  for (const { id } of nodes) if (!state.has(id)) visit(id)
  for (const id of order) {
    const at = columns.get(id) ?? 0
    columns.set(id, at)
    for (const to of next.get(id) ?? [])
      if (!back.has(`${id} ${to}`)) columns.set(to, Math.max(columns.get(to) ?? 0, at + 1))
  }
  return columns
}
