import { type AnyKind, type Graph, kindOf } from '@tropa/journey'
import { connect } from './edit.ts'

/**
 * Moves a node one place later in the flow: a→b→c becomes a→c→b, the outputs of c that led on now lead on from b.
 * `null` where that makes no sense: entries, ends, loops, or a next node with several ways in or on.
 */
export function swapWithNext(graph: Graph, kinds: readonly AnyKind[], id: string): Graph | null {
  const onward = graph.edges.filter((edge) => edge.from === id)
  const [link] = onward
  if (!link || onward.length !== 1 || link.to === id) return null
  const next = link.to
  const node = graph.nodes.find((one) => one.id === id)
  const other = graph.nodes.find((one) => one.id === next)
  const kind = node && kindOf(kinds, node.kind)
  const otherKind = other && kindOf(kinds, other.kind)
  if (!node || !other || !kind || kind.entry || !otherKind) return null
  const beyond = graph.edges.filter((edge) => edge.from === next)
  const intoNext = graph.edges.filter((edge) => edge.to === next)
  const firstOutput = otherKind.outputs(other.config)[0]
  if (beyond.length > 1 || intoNext.length > 1 || !firstOutput || beyond[0]?.to === id) return null
  const edges = graph.edges.flatMap((edge) => {
    if (edge.from === id || edge.from === next) return []
    return edge.to === id ? [{ ...edge, to: next }] : [edge]
  })
  const places = new Map([
    [id, other.position],
    [next, node.position],
  ])
  const nodes = graph.nodes.map((one) => ({ ...one, position: places.get(one.id) ?? one.position }))
  const swapped = connect(
    { ...graph, nodes, edges },
    { from: next, output: beyond[0]?.output ?? firstOutput.id },
    id,
  )
  return beyond[0] ? connect(swapped, { from: id, output: link.output }, beyond[0].to) : swapped
}
