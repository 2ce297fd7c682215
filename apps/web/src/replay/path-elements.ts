import { type AnyKind, type Graph, type GraphNode, kindOf } from '@tropa/journey'
import type { Edge, Node } from '@xyflow/react'
import { cardSize } from '../canvas/card-size.ts'
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
export type PathEdgeType = Edge<{ taken: boolean }, 'path'>

interface Passage {
  graph: Graph
  steps: readonly Pick<StepView, 'seq' | 'node' | 'status'>[]
  pending: Pick<PendingView, 'node'> | null
  path: { nodes: Record<string, number[]>; edges: Record<string, true> }
}

/** The version's graph as React Flow draws it, with the way of one enrollment on it. `current` is the chosen node. */
export function pathElements(
  { graph, steps, pending, path }: Passage,
  kinds: readonly AnyKind[],
  current: string | null,
): { nodes: PathNodeType[]; edges: PathEdgeType[] } {
  const failed = new Set(steps.filter(({ status }) => status === 'failed').map(({ node }) => node))
  const nodes = graph.nodes.map((node): PathNodeType => {
    const numbers = path.nodes[node.id] ?? []
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
  const edges = graph.edges
    .filter(({ from, to }) => known.has(from) && known.has(to))
    .map((edge): PathEdgeType => {
      const taken = path.edges[edge.id] === true
      return {
        id: edge.id,
        type: 'path',
        source: edge.from,
        sourceHandle: edge.output,
        target: edge.to,
        targetHandle: 'in',
        // The list of steps says which way was taken.
        domAttributes: { 'aria-hidden': true },
        zIndex: taken ? 1 : 0,
        data: { taken },
      }
    })
  return { nodes, edges }
}

/** The visit a press on a node leads to: the one after the chosen if the node was visited again, else its first. */
export function visitAt(numbers: readonly number[], chosen: number): number | undefined {
  return numbers.find((number) => number > chosen) ?? numbers[0]
}
