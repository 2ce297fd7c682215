import { type AnyKind, type Graph, type GraphEdge, type GraphNode, kindOf, own } from '@tropa/journey'
import type { Edge, Node } from '@xyflow/react'
import { cardSize } from '../canvas/card-size.ts'
import { edgeFrom, type Point } from '../canvas/graph/edit.ts'
import { waysAround } from '../canvas/graph/ways.ts'
import type { PendingView, StepView } from './enrollment.ts'

/** What happened at a node on the way of one enrollment. */
export interface PathNodeData extends Record<string, unknown> {
  node: GraphNode
  /** The numbers of the visits, in order; empty for a node that was not taken. */
  numbers: number[]
  tone: 'plain' | 'taken' | 'waiting' | 'failed'
  current: boolean
}

export type PathNodeType = Node<PathNodeData, 'path'>
export type PathEdgeType = Edge<{ taken: boolean; corners: Point[] | null }, 'path'>

interface Passage {
  graph: Graph
  steps: readonly Pick<StepView, 'seq' | 'node' | 'status' | 'output'>[]
  pending: Pick<PendingView, 'node'> | null
  path: { nodes: Record<string, number[]>; edges: Record<string, true> }
}

/** Where the cards of a way stand: of every node the customer went through, and of the one they stand at. */
export function wayCards(
  { graph, pending, path }: Pick<Passage, 'graph' | 'pending' | 'path'>,
  kinds: readonly AnyKind[],
): { position: Point; width: number; height: number }[] {
  return graph.nodes
    .filter(({ id }) => pending?.node === id || own(path.nodes, id))
    .map((node) => ({ position: node.position, ...cardSize(node, kindOf(kinds, node.kind), false) }))
}

/** The version's graph as React Flow draws it, with the way of one enrollment on it. `current` is the chosen node. */
export function pathElements(
  { graph, steps, pending, path }: Passage,
  kinds: readonly AnyKind[],
  current: string | null,
): { nodes: PathNodeType[]; edges: PathEdgeType[] } {
  const failed = new Set(steps.filter(({ status }) => status === 'failed').map(({ node }) => node))
  const nodes = graph.nodes.map((node): PathNodeType => {
    const numbers = own(path.nodes, node.id) ?? []
    const waiting = pending?.node === node.id
    const tone = waiting ? 'waiting' : failed.has(node.id) ? 'failed' : numbers.length > 0 ? 'taken' : 'plain'
    const size = cardSize(node, kindOf(kinds, node.kind), false)
    return {
      id: node.id,
      type: 'path',
      position: node.position,
      data: { node, numbers, tone, current: node.id === current },
      ...size,
      measured: size,
    }
  })
  const known = new Set(graph.nodes.map(({ id }) => id))
  const lines = linesOf(
    graph.edges.filter(({ from, to }) => known.has(from) && known.has(to)),
    { graph, steps, pending, path },
    kinds,
  )
  const ways = waysAround(graph.nodes, lines, kinds, false)
  const edges = lines.map(
    ({ id, from, output, to, taken }): PathEdgeType => ({
      id,
      type: 'path',
      source: from,
      sourceHandle: output,
      target: to,
      targetHandle: 'in',
      // The list of steps says which way was taken.
      domAttributes: { 'aria-hidden': true },
      zIndex: taken ? 1 : 0,
      data: { taken, corners: ways.get(id) ?? null },
    }),
  )
  return { nodes, edges }
}

type Line = GraphEdge & { taken: boolean }

/** Every edge as a line, and one more from each output that followed it, so that a taken line starts where the token left. */
function linesOf(edges: readonly GraphEdge[], passage: Passage, kinds: readonly AnyKind[]): Line[] {
  return edges.flatMap((edge) => {
    if (passage.path.edges[edge.id] !== true) return [{ ...edge, taken: false }]
    const followers = followersOf(edge, passage, kinds)
    const own = followers.length === 0 || followers.includes(edge.output)
    const others = followers.filter((output) => output !== edge.output)
    return [
      { ...edge, taken: own },
      ...others.map((output) => ({ ...edge, id: `${edge.id}:${output}`, output, taken: true })),
    ]
  })
}

/** The outputs by which the token left over an edge: the edge's own, or those that lead nowhere and follow it. */
function followersOf(
  edge: GraphEdge,
  { graph, steps, pending }: Passage,
  kinds: readonly AnyKind[],
): string[] {
  const from = graph.nodes.find(({ id }) => id === edge.from)
  const fallbacks = (from && kindOf(kinds, from.kind)?.fallbacks) ?? {}
  const outputs = steps.flatMap(({ node, output }, index) => {
    const next = steps[index + 1]?.node ?? pending?.node
    if (node !== edge.from || next !== edge.to || output === null) return []
    const follows = fallbacks[output] === edge.output && !edgeFrom(graph, { from: node, output })
    return output === edge.output || follows ? [output] : []
  })
  return [...new Set(outputs)]
}

/** The visit a press on a node leads to: the one after the chosen if the node was visited again, else its first. */
export function visitAt(numbers: readonly number[], chosen: number): number | undefined {
  return numbers.find((number) => number > chosen) ?? numbers[0]
}
