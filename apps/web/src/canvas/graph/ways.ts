import { type AnyKind, type GraphEdge, type GraphNode, kindOf } from '@tropa/journey'
import { card, cardSize, outputTop } from '../card-size.ts'
import type { Point } from './edit.ts'
import { type Lane, routeAround } from './route.ts'

/** The corners of every edge that would run behind a card as a plain curve, by the edge's id. */
export function waysAround(
  nodes: readonly GraphNode[],
  edges: readonly GraphEdge[],
  kinds: readonly AnyKind[],
  withNumbers: boolean,
): Map<string, Point[]> {
  const boxes = new Map(
    nodes.map((node) => [
      node.id,
      { ...node.position, ...cardSize(node, kindOf(kinds, node.kind), withNumbers) },
    ]),
  )
  const outputs = new Map(
    nodes.map((node) => [
      node.id,
      kindOf(kinds, node.kind)
        ?.outputs(node.config)
        .map(({ id }) => id) ?? [],
    ]),
  )
  const all = [...boxes.values()]
  const ways = new Map<string, Point[]>()
  const lanes: Lane[] = []
  for (const edge of edges) {
    const from = boxes.get(edge.from)
    const to = boxes.get(edge.to)
    const leaving = outputs.get(edge.from) ?? []
    const row = leaving.indexOf(edge.output)
    if (!from || !to || row < 0) continue
    const start = { x: from.x + from.width, y: from.y + outputTop(row, leaving.length) }
    const way = routeAround(start, { x: to.x, y: to.y + card.body / 2 }, all, lanes)
    const [, , one, other] = way ?? []
    if (!way || !one || !other) continue
    ways.set(edge.id, way)
    lanes.push({ y: one.y, left: Math.min(one.x, other.x), right: Math.max(one.x, other.x) })
  }
  return ways
}
