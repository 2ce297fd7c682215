import type { Graph, GraphNode } from '../graph.ts'
import { type AnyKind, kindOf } from '../node.ts'
import { type Problem, problem } from '../problem.ts'
import type { Text } from '../text.ts'
import { type Catalogue, seen } from './catalogue.ts'
import { checkReferences, contradictions, faultsOf } from './check-condition.ts'
import { checkMessage } from './check-message.ts'
import { nodeLabel } from './label.ts'

/** What is wrong inside one node: its fields, its conditions, and what they refer to. */
export function checkNode(
  node: GraphNode,
  graph: Graph,
  kinds: readonly AnyKind[],
  catalogue: Catalogue,
): Problem[] {
  const kind = kindOf(kinds, node.kind)
  const label = nodeLabel(node, kinds, catalogue.templates)
  if (!kind) return [problem('unknown_kind', { nodeId: node.id }, label)]
  const parsed = kind.config.safeParse(node.config)
  if (!parsed.success) return configProblems(node, kind, parsed.error.issues, label)
  const placed = kind.conditions(parsed.data)
  const events = [...kind.listens(parsed.data), ...(kind.entry ? [kind.entry(parsed.data).event] : [])]
  return [
    ...kind.check(parsed.data, { node, nodes: graph.nodes }).map((fault) => ({ ...fault, nodeId: node.id })),
    ...placed.flatMap((condition) => faultsOf(condition, node.id)),
    ...placed.flatMap(({ condition, field }) =>
      checkReferences(condition, field, node, graph, kinds, catalogue),
    ),
    ...contradictions(node, placed, graph, kinds),
    ...events.flatMap((event) => seen(event, catalogue, { nodeId: node.id, field: 'event' })),
    ...checkMessage(node, parsed.data, label, graph, kinds, catalogue),
  ]
}

function configProblems(
  node: GraphNode,
  kind: AnyKind,
  issues: readonly { path: PropertyKey[] }[],
  label: Text,
): Problem[] {
  const shape = (kind.config as { shape?: Record<string, { meta?: () => { label?: Text } | undefined }> })
    .shape
  const fields = new Map(issues.map((issue) => [issue.path.map(String).join('.'), issue.path]))
  return [...fields].map(([field, path]) => {
    const [first = ''] = path.map(String)
    const fieldLabel = shape?.[first]?.meta?.()?.label ?? { en: first, ru: first }
    const value = path.reduce<unknown>(
      (at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key],
      node.config,
    )
    const code = isEmpty(value) ? 'field_missing' : 'field_wrong'
    return problem(
      code,
      { nodeId: node.id, field },
      {
        en: `“${fieldLabel.en}” in ${label.en}`,
        ru: `«${fieldLabel.ru}» в блоке ${label.ru}`,
      },
    )
  })
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
}
