import { type AnyKind, type Graph, kindOf } from '@tropa/journey'
import type { ElkNode } from 'elkjs/lib/elk-api'
import { cardSize } from '../card-size.ts'
import type { Point } from './edit.ts'

const options = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.layered.spacing.nodeNodeBetweenLayers': '88',
  'elk.spacing.nodeNode': '40',
  'elk.spacing.componentComponent': '64',
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
  'elk.layered.considerModelOrder.portModelOrder': 'true',
  'elk.layered.crossingMinimization.forceNodeModelOrder': 'false',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  'elk.layered.nodePlacement.favorStraightEdges': 'true',
  'elk.layered.cycleBreaking.strategy': 'DEPTH_FIRST',
}

/**
 * A graph as ELK wants it: one port per output in the order of the outputs, so that edges keep that order. Cards have
 * the room they will need for their live numbers, so that publishing brings none of them too close to another.
 */
export function toElk(graph: Graph, kinds: readonly AnyKind[]): ElkNode {
  const known = new Set(graph.nodes.map(({ id }) => id))
  return {
    id: 'root',
    layoutOptions: options,
    children: graph.nodes.map((node) => {
      const kind = kindOf(kinds, node.kind)
      return {
        id: node.id,
        ...cardSize(node, kind, true),
        layoutOptions: { 'elk.portConstraints': 'FIXED_ORDER' },
        ports: [
          {
            id: `${node.id}|in`,
            width: 1,
            height: 1,
            layoutOptions: { 'elk.port.side': 'WEST', 'elk.port.index': '0' },
          },
          // ELK counts ports clockwise from the north-west corner: the east side runs from top to bottom.
          ...(kind?.outputs(node.config) ?? []).map((output, index) => ({
            id: `${node.id}|out|${output.id}`,
            width: 1,
            height: 1,
            layoutOptions: { 'elk.port.side': 'EAST', 'elk.port.index': String(index + 1) },
          })),
        ],
      }
    }),
    edges: graph.edges
      .filter((edge) => known.has(edge.from) && known.has(edge.to))
      .map((edge) => ({
        id: edge.id,
        sources: [`${edge.from}|out|${edge.output}`],
        targets: [`${edge.to}|in`],
      })),
  }
}

/** New places from an ELK answer, shifted so that the node last touched keeps its place on the screen. */
export function placesFrom(answer: ElkNode, graph: Graph, anchor: string | null): Record<string, Point> {
  const places = Object.fromEntries(
    (answer.children ?? []).map(({ id, x = 0, y = 0 }) => [id, { x: Math.round(x), y: Math.round(y) }]),
  )
  const before = graph.nodes.find(({ id }) => id === anchor)?.position
  const after = anchor === null ? undefined : places[anchor]
  if (!before || !after) return places
  const shift = { x: before.x - after.x, y: before.y - after.y }
  return Object.fromEntries(
    Object.entries(places).map(([id, { x, y }]) => [
      id,
      { x: Math.round(x + shift.x), y: Math.round(y + shift.y) },
    ]),
  )
}
