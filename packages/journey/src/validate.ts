import { checkCondition } from './condition/check.ts'
import { type Condition, isFactRef, leavesOf } from './condition/schema.ts'
import { conditionSentence } from './condition/sentence.ts'
import { type Graph, type GraphNode, maxNodes } from './graph.ts'
import { type AnyKind, kindOf, type PlacedCondition } from './node.ts'
import { type Problem, problem } from './problem.ts'
import { loopsWithoutWait, predecessors, reachableFrom } from './shape.ts'
import type { Text } from './text.ts'

/** What the workspace has, as far as a draft can refer to it. */
export interface Catalogue {
  templates: { id: string; channel: string; name: string; variables: string[] }[]
  connections: { id: string; channel: string; isDefault: boolean }[]
  /** Events seen so far, with the names of their properties. */
  events: { name: string; properties: string[] }[]
  attributes: string[]
}

/** Every problem of a draft at once, errors first. `kinds` is the vocabulary, `catalogue` what the workspace has. */
export function validate(graph: Graph, kinds: readonly AnyKind[], catalogue: Catalogue): Problem[] {
  const problems = [
    ...checkShape(graph, kinds),
    ...graph.nodes.flatMap((node) => checkNode(node, graph, kinds, catalogue)),
    ...graph.settings.exitRules.flatMap((rule, index) => [
      ...seen(rule.event, catalogue, { field: `settings.exitRules.${index}.event` }),
      ...(rule.filter
        ? faultsOf(
            { field: `settings.exitRules.${index}.filter`, scope: 'wait_filter', condition: rule.filter },
            undefined,
          )
        : []),
    ]),
  ]
  return problems.sort((a, b) => Number(a.severity === 'warning') - Number(b.severity === 'warning'))
}

/** A node as sentences name it: its own name or its kind's title, in the language's quotes. */
export function nodeLabel(node: GraphNode, kinds: readonly AnyKind[]): Text {
  const title = kindOf(kinds, node.kind)?.title ?? { en: node.kind, ru: node.kind }
  return { en: `“${node.name || title.en}”`, ru: `«${node.name || title.ru}»` }
}

function checkShape(graph: Graph, kinds: readonly AnyKind[]): Problem[] {
  const problems: Problem[] = []
  const entries = graph.nodes.filter((node) => kindOf(kinds, node.kind)?.entry)
  if (entries.length === 0) problems.push(problem('no_entry', {}))
  if (graph.nodes.length > maxNodes) problems.push(problem('too_many_nodes', {}, String(graph.nodes.length)))
  const ids = new Set<string>()
  for (const node of graph.nodes) {
    if (ids.has(node.id)) problems.push(problem('duplicate_node_id', { nodeId: node.id }, node.id))
    ids.add(node.id)
  }
  problems.push(...checkEdges(graph, kinds))
  const reached = reachableFrom(
    graph,
    entries.map((entry) => entry.id),
  )
  for (const node of graph.nodes) {
    if (entries.length > 0 && !reached.has(node.id)) {
      problems.push(problem('unreachable_node', { nodeId: node.id }, nodeLabel(node, kinds)))
    }
  }
  const waits = (node: GraphNode) => kindOf(kinds, node.kind)?.waits ?? false
  for (const node of loopsWithoutWait(graph, waits)) {
    problems.push(problem('loop_without_wait', { nodeId: node.id }, nodeLabel(node, kinds)))
  }
  return problems
}

function checkEdges(graph: Graph, kinds: readonly AnyKind[]): Problem[] {
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
          where ? nodeLabel(where, kinds) : edge.id,
        ),
      )
      continue
    }
    if (kindOf(kinds, to.kind)?.entry)
      problems.push(problem('edge_into_entry', { nodeId: to.id }, nodeLabel(to, kinds)))
    const slot = `${edge.from}\u0000${edge.output}`
    if (taken.has(slot))
      problems.push(
        problem('output_connected_twice', { nodeId: from.id }, outputLabel(from, edge.output, kinds)),
      )
    taken.add(slot)
  }
  for (const node of graph.nodes) {
    const kind = kindOf(kinds, node.kind)
    for (const output of kind?.outputs(node.config) ?? []) {
      const follows = kind?.fallbacks[output.id]
      if (!taken.has(`${node.id}\u0000${output.id}`) && follows === undefined) {
        problems.push(
          problem(
            'output_leads_nowhere',
            { nodeId: node.id, field: `output.${output.id}` },
            outputLabel(node, output.id, kinds),
          ),
        )
      }
    }
  }
  return problems
}

function outputLabel(node: GraphNode, output: string, kinds: readonly AnyKind[]): Text {
  const label = kindOf(kinds, node.kind)
    ?.outputs(node.config)
    .find((o) => o.id === output)?.label ?? { en: output, ru: output }
  const owner = nodeLabel(node, kinds)
  return { en: `Output “${label.en}” of ${owner.en}`, ru: `Ветка «${label.ru}» блока ${owner.ru}` }
}

function checkNode(
  node: GraphNode,
  graph: Graph,
  kinds: readonly AnyKind[],
  catalogue: Catalogue,
): Problem[] {
  const kind = kindOf(kinds, node.kind)
  const label = nodeLabel(node, kinds)
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
    const code = value === undefined || value === null || value === '' ? 'field_missing' : 'field_wrong'
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

function faultsOf({ condition, scope, field }: PlacedCondition, nodeId: string | undefined): Problem[] {
  return checkCondition(condition, scope).map((fault) => ({
    code: fault.code,
    severity: 'error',
    nodeId: nodeId ?? null,
    field,
    text: fault.text,
    fix: {
      en: 'Open the condition and complete or correct it.',
      ru: 'Откройте условие и дополните или исправьте его.',
    },
  }))
}

function checkReferences(
  condition: Condition,
  field: string,
  node: GraphNode,
  graph: Graph,
  kinds: readonly AnyKind[],
  catalogue: Catalogue,
): Problem[] {
  const earlier = predecessors(graph, node.id)
  return leavesOf(condition)
    .flatMap((leaf) => (isFactRef(leaf.value) ? [leaf, leaf.value] : [leaf]))
    .flatMap(({ fact, params }) => {
      const where = { nodeId: node.id, field }
      if (fact === 'attribute' && params.name && !catalogue.attributes.includes(params.name)) {
        return [problem('attribute_never_seen', where, { en: `“${params.name}”`, ru: `«${params.name}»` })]
      }
      if ((fact === 'event_count' || fact === 'event_sum') && params.event)
        return seen(params.event, catalogue, where)
      if (fact === 'saved' && params.node && !earlier.has(params.node)) {
        const other = graph.nodes.find(({ id }) => id === params.node)
        return [problem('saved_node_missing', where, other ? nodeLabel(other, kinds) : params.node)]
      }
      return []
    })
}

/** Conditions that the filter of every entry already makes false. */
function contradictions(
  node: GraphNode,
  placed: PlacedCondition[],
  graph: Graph,
  kinds: readonly AnyKind[],
): Problem[] {
  const filters = graph.nodes.flatMap((other) => {
    const kind = kindOf(kinds, other.kind)
    const parsed = kind?.entry ? kind.config.safeParse(other.config) : undefined
    return kind?.entry && parsed?.success ? [kind.entry(parsed.data).filter] : []
  })
  if (filters.length === 0 || filters.some((filter) => filter === undefined)) return []
  return placed
    .filter(({ scope }) => scope === 'node')
    .filter(({ condition }) =>
      filters.every((filter) =>
        checkCondition(
          { all: [...flatAll(asEntry(filter as Condition)), ...flatAll(condition)] },
          'node',
        ).some(({ code }) => code === 'condition_impossible'),
      ),
    )
    .map(({ condition, field }) => {
      const sentence = conditionSentence(condition)
      return problem(
        'contradicts_entry',
        { nodeId: node.id, field },
        { en: `“${sentence.en}”`, ru: `«${sentence.ru}»` },
      )
    })
}

function flatAll(condition: Condition): Condition[] {
  return 'all' in condition ? condition.all.flatMap(flatAll) : [condition]
}

/** An entry filter as a later node would say it: this event is then the entry event. */
function asEntry(condition: Condition): Condition {
  if ('all' in condition) return { all: condition.all.map(asEntry) }
  if ('any' in condition) return { any: condition.any.map(asEntry) }
  if ('not' in condition) return { not: asEntry(condition.not) }
  return condition.fact === 'event' ? { ...condition, fact: 'entry' } : condition
}

function seen(event: string, catalogue: Catalogue, where: { nodeId?: string; field?: string }): Problem[] {
  if (catalogue.events.some(({ name }) => name === event)) return []
  return [problem('event_never_seen', where, { en: `“${event}”`, ru: `«${event}»` })]
}

function checkMessage(
  node: GraphNode,
  config: unknown,
  label: Text,
  graph: Graph,
  kinds: readonly AnyKind[],
  catalogue: Catalogue,
): Problem[] {
  const { template, connection, channel } = config as {
    template?: string
    connection?: string | null
    channel?: string
  }
  if (kindOf(kinds, node.kind)?.group !== 'message' || template === undefined) return []
  const problems: Problem[] = []
  const used = catalogue.templates.find(({ id }) => id === template)
  if (!used) problems.push(problem('template_missing', { nodeId: node.id, field: 'template' }, label))
  const way = catalogue.connections.filter((one) => one.channel === (channel ?? used?.channel ?? 'email'))
  const found = connection ? way.some(({ id }) => id === connection) : way.some(({ isDefault }) => isDefault)
  if (!found) problems.push(problem('connection_missing', { nodeId: node.id, field: 'connection' }, label))
  const earlier = predecessors(graph, node.id)
  for (const variable of used?.variables ?? []) {
    const [root, second] = variable.split('.')
    if (root === 'nodes' && second && !earlier.has(second)) {
      problems.push(
        problem('template_variable_unset', { nodeId: node.id, field: 'template' }, `{{ ${variable} }}`),
      )
    }
    if (root === 'event' && second && !entryProperties(graph, kinds, catalogue, second)) {
      problems.push(
        problem('template_variable_unset', { nodeId: node.id, field: 'template' }, `{{ ${variable} }}`),
      )
    }
  }
  return problems
}

/** Whether every entry's event has been seen with a property; an event nobody has sent yet gets the benefit of the doubt. */
function entryProperties(
  graph: Graph,
  kinds: readonly AnyKind[],
  catalogue: Catalogue,
  property: string,
): boolean {
  return graph.nodes.every((node) => {
    const kind = kindOf(kinds, node.kind)
    const parsed = kind?.entry ? kind.config.safeParse(node.config) : undefined
    if (!kind?.entry || !parsed?.success) return true
    const known = catalogue.events.find(({ name }) => name === kind.entry?.(parsed.data).event)
    return known === undefined || known.properties.includes(property)
  })
}
