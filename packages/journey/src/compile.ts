import { hashOf } from './canonical.ts'
import { type Condition, isFactRef, leavesOf } from './condition/schema.ts'
import type { Graph, GraphNode } from './graph.ts'
import { type AnyKind, kindOf } from './node.ts'
import { own } from './own.ts'
import { irVersion, type Plan, type PlanEntry, type PlanNode } from './plan.ts'

/**
 * Compiles a valid graph into a plan. Throws when a config does not parse or a kind is unknown:
 * `validate` finds these first and says them in words. The same graph always gives the same hash.
 */
export function compile(graph: Graph, kinds: readonly AnyKind[]): Plan {
  const entries: PlanEntry[] = []
  const nodes: Record<string, PlanNode> = {}
  const listens = new Set<string>(graph.settings.exitRules.map((rule) => rule.event))
  const reads = new Set<string>(
    graph.settings.exitRules.flatMap(({ filter }) => (filter ? attributesIn(filter) : [])),
  )
  for (const node of [...graph.nodes].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const kind = kindOf(kinds, node.kind)
    if (!kind) throw new Error(`Node ${node.id} is of the unknown kind ${node.kind}`)
    const config = kind.config.parse(node.config)
    nodes[node.id] = { kind: node.kind, config, next: nextOf(node, graph, kind) }
    const entry = kind.entry?.(config)
    if (entry) {
      entries.push({ node: node.id, ...entry })
      listens.add(entry.event)
    }
    for (const event of kind.listens(config)) listens.add(event)
    for (const { condition } of kind.conditions(config)) {
      for (const name of attributesIn(condition)) reads.add(name)
    }
  }
  const content = {
    irVersion,
    entries,
    nodes,
    settings: graph.settings,
    listens: [...listens].sort(),
    reads: [...reads].sort(),
  }
  return { ...content, hash: hashOf(content) }
}

function attributesIn(condition: Condition): string[] {
  return leavesOf(condition)
    .flatMap((leaf) => (isFactRef(leaf.value) ? [leaf, leaf.value] : [leaf]))
    .flatMap(({ fact, params }) => (fact === 'attribute' && params.name ? [params.name] : []))
}

function nextOf(node: GraphNode, graph: Graph, kind: AnyKind): Record<string, string | null> {
  const drawn = new Map(
    graph.edges.filter((edge) => edge.from === node.id).map((edge) => [edge.output, edge.to]),
  )
  const targetOf = (output: string): string | null => {
    const fallback = own(kind.fallbacks, output)
    return drawn.get(output) ?? (fallback === undefined ? null : (drawn.get(fallback) ?? null))
  }
  return Object.fromEntries(kind.outputs(node.config).map(({ id }) => [id, targetOf(id)]))
}
