import type { Graph, GraphNode } from '../graph.ts'
import { type AnyKind, kindOf } from '../node.ts'
import { type Problem, problem } from '../problem.ts'
import { predecessors } from '../shape.ts'
import type { Text } from '../text.ts'
import type { Catalogue } from './catalogue.ts'
import { type UnseenVariable, unseenAttributes, unseenProperties } from './check-variables.ts'
import { type Named, nodeLabel } from './label.ts'

/** What is missing for a message to go out: its template, a connection, a value for each variable. */
export function checkMessage(
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
  if (!used) problems.push(unusable(template, { nodeId: node.id, field: 'template' }, label, catalogue))
  const way = catalogue.connections.filter((one) => one.channel === (channel ?? used?.channel ?? 'email'))
  const found = connection ? way.some(({ id }) => id === connection) : way.some(({ isDefault }) => isDefault)
  if (!found) problems.push(problem('connection_missing', { nodeId: node.id, field: 'connection' }, label))
  return [...problems, ...checkVariables(node.id, used, graph, kinds, catalogue)]
}

/** A template that is gone, or is there and has mistakes: then the first of them is told. */
function unusable(
  template: string,
  where: { nodeId: string; field: string },
  label: Text,
  { broken = [] }: Catalogue,
): Problem {
  const found = broken.find(({ id }) => id === template)
  if (!found) return problem('template_missing', where, label)
  const { name, mistake } = found
  const told = problem('template_broken', where, { en: `“${name}”`, ru: `«${name}»` })
  return {
    ...told,
    fix: { en: `${mistake.en} ${told.fix.en}`, ru: `${mistake.ru} ${told.fix.ru}` },
  }
}

/** What a template needs that this journey cannot know, and what it reads that no customer has had yet. */
function checkVariables(
  nodeId: string,
  template: Catalogue['templates'][number] | undefined,
  graph: Graph,
  kinds: readonly AnyKind[],
  catalogue: Catalogue,
): Problem[] {
  const variables = template?.variables ?? []
  const needs = template?.needs ?? variables
  const where = { nodeId, field: 'template' }
  const earlier = predecessors(graph, nodeId)
  const strangers = needs.filter((variable) => {
    const [root, second] = variable.split('.')
    return root === 'nodes' && second !== undefined && !earlier.has(second)
  })
  const unset = new Map<string, UnseenVariable>()
  for (const event of entryEvents(graph, kinds, catalogue))
    for (const one of unseenProperties(needs, { events: [event] })) unset.set(one.variable, one)
  return [
    ...strangers.map((variable) => problem('template_variable_unset', where, `{{ ${variable} }}`)),
    ...[...unset.values()].map((one) => ({
      ...problem('template_variable_unset', where, `{{ ${one.variable} }}`),
      ...fixOf(one),
    })),
    ...unseenAttributes(variables, catalogue).map((one) => ({
      ...problem('template_attribute_unseen', where, `{{ ${one.variable} }}`),
      ...fixOf(one),
    })),
  ]
}

function fixOf({ guess }: UnseenVariable): { fix?: Text } {
  if (guess === null) return {}
  return {
    fix: {
      en: `Did you mean {{ ${guess} }}? Correct it in the template.`,
      ru: `Возможно, {{ ${guess} }}? Исправьте это в шаблоне.`,
    },
  }
}

/** The entries' events with their properties; one that nobody has sent yet gets the benefit of the doubt. */
function entryEvents(graph: Graph, kinds: readonly AnyKind[], catalogue: Catalogue): Catalogue['events'] {
  return graph.nodes.flatMap((node) => {
    const kind = kindOf(kinds, node.kind)
    const parsed = kind?.entry ? kind.config.safeParse(node.config) : undefined
    if (!kind?.entry || !parsed?.success) return []
    return catalogue.events.find(({ name }) => name === kind.entry?.(parsed.data).event) ?? []
  })
}

/** Messages that one customer gets within a minute: a path from one that was sent to another with no wait between. */
export function checkHaste(graph: Graph, kinds: readonly AnyKind[], templates: Named): Problem[] {
  const isMessage = (node: GraphNode | undefined) => node && kindOf(kinds, node.kind)?.group === 'message'
  const byId = new Map(graph.nodes.map((node) => [node.id, node]))
  const hasty = new Set<string>()
  for (const message of graph.nodes.filter(isMessage)) {
    const queue = waysOnceSent(message, graph, kinds)
    const passed = new Set<string>()
    for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
      const node = byId.get(id)
      if (!node || passed.has(id)) continue
      passed.add(id)
      if (isMessage(node)) hasty.add(id)
      else if (!kindOf(kinds, node.kind)?.waits)
        queue.push(...graph.edges.filter((edge) => edge.from === id).map(({ to }) => to))
    }
  }
  return graph.nodes
    .filter(({ id }) => hasty.has(id))
    .map((node) => problem('messages_at_once', { nodeId: node.id }, nodeLabel(node, kinds, templates)))
}

/** Where a message leads when it went out: outputs with a fallback stand for its not going out. */
function waysOnceSent(message: GraphNode, graph: Graph, kinds: readonly AnyKind[]): string[] {
  const fallbacks = kindOf(kinds, message.kind)?.fallbacks ?? {}
  return graph.edges
    .filter(({ from, output }) => from === message.id && !Object.hasOwn(fallbacks, output))
    .map(({ to }) => to)
}
