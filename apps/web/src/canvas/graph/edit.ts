import type { AnyKind, Graph, GraphEdge, GraphNode } from '@tropa/journey'
import { kindOf, own } from '@tropa/journey'
import { cardSize, type Size } from '../card-size.ts'
import { perObject } from './per-object.ts'

export interface Point {
  x: number
  y: number
}

/** An output of a node: where an edge starts. */
export interface Source {
  from: string
  output: string
}

/** The grid nodes snap to. */
export const grid = 8

/** A point on the grid. */
export function snap({ x, y }: Point): Point {
  return { x: Math.round(x / grid) * grid, y: Math.round(y / grid) * grid }
}

/** An id no node of the graph has: the kind, then a number from 2 on. */
export function freshId(graph: Graph, kind: string): string {
  const base = kind.replace(/[^A-Za-z0-9_]/g, '_').slice(0, 34)
  const taken = new Set(graph.nodes.map(({ id }) => id))
  if (!taken.has(base)) return base
  let number = 2
  while (taken.has(`${base}_${number}`)) number += 1
  return `${base}_${number}`
}

function edgeOf({ from, output }: Source, to: string): GraphEdge {
  return { id: `${from}.${output}`, from, output, to }
}

const sourceKey = ({ from, output }: Source) => `${from}\u0000${output}`

const edgesBySource = perObject((edges: Graph['edges']) => {
  const bySource = new Map<string, GraphEdge>()
  for (const edge of edges) if (!bySource.has(sourceKey(edge))) bySource.set(sourceKey(edge), edge)
  return bySource
})

/** The edge that leaves an output, if there is one. */
export function edgeFrom(graph: Graph, source: Source): GraphEdge | undefined {
  return edgesBySource(graph.edges).get(sourceKey(source))
}

/** Adds a node of a kind with the kind's own starting config, on free ground at or below a point; answers graph and id. */
export function addNode(
  graph: Graph,
  kinds: readonly AnyKind[],
  kind: AnyKind,
  wanted: Point,
): { graph: Graph; id: string } {
  const node: GraphNode = {
    id: freshId(graph, kind.kind),
    kind: kind.kind,
    name: '',
    config: structuredClone(kind.initial),
    position: { x: 0, y: 0 },
  }
  const position = freePlace(graph, kinds, wanted, cardSize(node, kind, true))
  return { graph: { ...graph, nodes: [...graph.nodes, { ...node, position }] }, id: node.id }
}

/** Connects an output to a node; what the output led to before is let go. */
export function connect(graph: Graph, source: Source, to: string): Graph {
  if (edgeFrom(graph, source)?.to === to) return graph
  const others = graph.edges.filter((edge) => edge.from !== source.from || edge.output !== source.output)
  return { ...graph, edges: [...others, edgeOf(source, to)] }
}

/** Removes one edge. */
export function disconnect(graph: Graph, edgeId: string): Graph {
  return { ...graph, edges: graph.edges.filter(({ id }) => id !== edgeId) }
}

/** Whether an edge from a node to another makes sense: not to itself, not into an entry. */
export function canConnect(graph: Graph, kinds: readonly AnyKind[], from: string, to: string): boolean {
  const target = graph.nodes.find(({ id }) => id === to)
  return from !== to && target !== undefined && !kindOf(kinds, target.kind)?.entry
}

/**
 * Puts a new node behind an output. Whatever the output led to follows the new node's first output; only where there
 * is no room for the new one between the two does everything from there on move aside, by what is missing of `room`.
 */
export function insertAfter(
  graph: Graph,
  kinds: readonly AnyKind[],
  source: Source,
  kind: AnyKind,
  room: number,
): { graph: Graph; id: string } {
  const origin = graph.nodes.find(({ id }) => id === source.from)?.position ?? { x: 0, y: 0 }
  const old = edgeFrom(graph, source)
  const target = old && graph.nodes.find(({ id }) => id === old.to)
  const gap = target ? target.position.x - origin.x : 0
  const missing = gap > 0 ? Math.max(0, 2 * room - gap) : 0
  const pushed = old && missing > 0 ? pushRight(graph, old.to, missing) : graph
  const wanted = target
    ? { x: target.position.x + (gap > 0 ? missing - room : 0), y: target.position.y }
    : { x: origin.x + room, y: origin.y }
  const added = addNode(pushed, kinds, kind, wanted)
  const onward = kind.outputs(kind.initial)[0]
  let next = connect(added.graph, source, added.id)
  if (old && onward) next = connect(next, { from: added.id, output: onward.id }, old.to)
  return { graph: next, id: added.id }
}

/** A place at or below a wanted one where a card of a size has free ground, with room around it. */
export function freePlace(graph: Graph, kinds: readonly AnyKind[], wanted: Point, size: Size): Point {
  const room = 40
  const boxes = graph.nodes
    .map((node) => ({ ...node.position, ...cardSize(node, kindOf(kinds, node.kind), true) }))
    .filter((box) => box.x < wanted.x + size.width + room && wanted.x < box.x + box.width + room)
    .sort((a, b) => a.y - b.y)
  let { y } = wanted
  for (const box of boxes) {
    if (y < box.y + box.height + room && box.y < y + size.height + room) y = box.y + box.height + room
  }
  return snap({ x: wanted.x, y })
}

/** How far copies of nodes must move to stand on free ground: a little aside, and as far down as it takes. */
export function freeShift(graph: Graph, kinds: readonly AnyKind[], copied: readonly GraphNode[]): Point {
  const room = 16
  const boxOf = (node: GraphNode) => ({
    ...node.position,
    ...cardSize(node, kindOf(kinds, node.kind), true),
  })
  const standing = graph.nodes.map(boxOf)
  const coming = copied.map(boxOf)
  const x = 32
  const collides = (y: number) =>
    coming.some((one) =>
      standing.some(
        (box) =>
          one.x + x < box.x + box.width + room &&
          box.x < one.x + x + one.width + room &&
          one.y + y < box.y + box.height + room &&
          box.y < one.y + y + one.height + room,
      ),
    )
  let y = 0
  while (collides(y)) y += 8
  return { x, y }
}

/** Moves a node and everything reachable from it to the right. */
function pushRight(graph: Graph, start: string, by: number): Graph {
  const moved = new Set([start])
  const queue = [start]
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    for (const edge of graph.edges) {
      if (edge.from === id && !moved.has(edge.to)) {
        moved.add(edge.to)
        queue.push(edge.to)
      }
    }
  }
  return mapNodes(graph, (node) =>
    moved.has(node.id) ? { ...node, position: { x: node.position.x + by, y: node.position.y } } : node,
  )
}

function mapNodes(graph: Graph, change: (node: GraphNode) => GraphNode): Graph {
  return { ...graph, nodes: graph.nodes.map(change) }
}

/** Moves nodes to new places. */
export function moveNodes(graph: Graph, places: Readonly<Record<string, Point>>): Graph {
  return mapNodes(graph, (node) => {
    const place = own(places, node.id)
    if (!place || (place.x === node.position.x && place.y === node.position.y)) return node
    return { ...node, position: { x: Math.round(place.x), y: Math.round(place.y) } }
  })
}

/** Gives a node a name of its own; an empty name falls back to the kind's title. */
export function renameNode(graph: Graph, id: string, name: string): Graph {
  return mapNodes(graph, (node) => (node.id === id ? { ...node, name: name.slice(0, 120) } : node))
}

/** Replaces a node's config; edges of outputs that the new config no longer has are let go. */
export function configureNode(
  graph: Graph,
  kinds: readonly AnyKind[],
  id: string,
  config: Record<string, unknown>,
): Graph {
  const node = graph.nodes.find((one) => one.id === id)
  const kind = node && kindOf(kinds, node.kind)
  const changed = mapNodes(graph, (one) => (one.id === id ? { ...one, config } : one))
  if (!kind) return changed
  const outputs = new Set(kind.outputs(config).map((output) => output.id))
  return { ...changed, edges: changed.edges.filter((edge) => edge.from !== id || outputs.has(edge.output)) }
}

/** Copies nodes with the edges among them; the copies stand a little lower and are answered as ids. */
export function copyNodes(
  graph: Graph,
  copied: Pick<Graph, 'nodes' | 'edges'>,
  by: Point,
): { graph: Graph; ids: string[] } {
  let next = graph
  const renamed = new Map<string, string>()
  for (const node of copied.nodes) {
    const id = freshId(next, node.kind)
    renamed.set(node.id, id)
    const position = { x: node.position.x + by.x, y: node.position.y + by.y }
    next = {
      ...next,
      nodes: [...next.nodes, { ...node, id, position, config: structuredClone(node.config) }],
    }
  }
  for (const edge of copied.edges) {
    const from = renamed.get(edge.from)
    const to = renamed.get(edge.to)
    if (from && to) next = connect(next, { from, output: edge.output }, to)
  }
  return { graph: next, ids: [...renamed.values()] }
}

/** The part of a graph that some nodes make up: the nodes and the edges among them. */
export function cutOut(graph: Graph, ids: ReadonlySet<string>): Pick<Graph, 'nodes' | 'edges'> {
  return {
    nodes: graph.nodes.filter(({ id }) => ids.has(id)),
    edges: graph.edges.filter(({ from, to }) => ids.has(from) && ids.has(to)),
  }
}
