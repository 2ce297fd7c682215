import { type Graph, type GraphNode, maxNodes } from '../graph.ts'
import { type AnyKind, kindOf, type NodeGroup } from '../node.ts'
import { own } from '../own.ts'
import { type Problem, problem } from '../problem.ts'
import { loopsWithoutWait, reachableFrom } from '../shape.ts'
import { type Named, nodeLabel, outputLabel } from './label.ts'

/** What these nodes do is done when a path ends at them; others are there only for what comes next. */
const endsPath: readonly NodeGroup[] = ['message', 'customer', 'end']

/** What is wrong with how nodes hang together, whatever they are. */
export function checkShape(graph: Graph, kinds: readonly AnyKind[], templates: Named): Problem[] {
  const problems: Problem[] = []
  const entries = graph.nodes.filter((node) => kindOf(kinds, node.kind)?.entry)
  if (entries.length === 0) problems.push(problem('no_entry', {}))
  if (graph.nodes.length > maxNodes) problems.push(problem('too_many_nodes', {}, String(graph.nodes.length)))
  const ids = new Set<string>()
  for (const node of graph.nodes) {
    if (ids.has(node.id)) problems.push(problem('duplicate_node_id', { nodeId: node.id }, node.id))
    ids.add(node.id)
  }
  problems.push(...checkEdges(graph, kinds, templates))
  const reached = reachableFrom(
    graph,
    entries.map((entry) => entry.id),
  )
  for (const node of graph.nodes) {
    if (entries.length > 0 && !reached.has(node.id)) {
      problems.push(problem('unreachable_node', { nodeId: node.id }, nodeLabel(node, kinds, templates)))
    }
  }
  const waits = (node: GraphNode) => kindOf(kinds, node.kind)?.waits ?? false
  for (const node of loopsWithoutWait(graph, waits)) {
    problems.push(problem('loop_without_wait', { nodeId: node.id }, nodeLabel(node, kinds, templates)))
  }
  return problems
}

function checkEdges(graph: Graph, kinds: readonly AnyKind[], templates: Named): Problem[] {
  const byId = new Map(graph.nodes.map((node) => [node.id, node]))
  const problems: Problem[] = []
  const taken = new Set<string>()
  for (const edge of graph.edges) {
    const from = byId.get(edge.from)
    const to = byId.get(edge.to)
    const kind = from && kindOf(kinds, from.kind)
    if (!from || !to || (kind && !kind.outputs(from.config).some((output) => output.id === edge.output))) {
      const where = from ?? to
      problems.push(
        problem(
          'edge_to_nothing',
          where ? { nodeId: where.id } : {},
          where ? nodeLabel(where, kinds, templates) : edge.id,
        ),
      )
      continue
    }
    if (kindOf(kinds, to.kind)?.entry)
      problems.push(problem('edge_into_entry', { nodeId: to.id }, nodeLabel(to, kinds, templates)))
    const slot = `${edge.from}\u0000${edge.output}`
    if (taken.has(slot))
      problems.push(
        problem(
          'output_connected_twice',
          { nodeId: from.id },
          outputLabel(from, edge.output, kinds, templates),
        ),
      )
    taken.add(slot)
  }
  for (const node of graph.nodes) {
    const kind = kindOf(kinds, node.kind)
    const outputs = kind?.outputs(node.config) ?? []
    const leadsOn = outputs.some(({ id }) => taken.has(`${node.id}\u0000${id}`))
    if (kind && !leadsOn && endsPath.includes(kind.group)) continue
    for (const output of outputs) {
      const follows = kind && own(kind.fallbacks, output.id)
      if (!taken.has(`${node.id}\u0000${output.id}`) && follows === undefined) {
        problems.push(
          problem(
            'output_leads_nowhere',
            { nodeId: node.id, field: `output.${output.id}` },
            outputLabel(node, output.id, kinds, templates),
          ),
        )
      }
    }
  }
  return problems
}
