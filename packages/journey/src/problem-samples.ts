import { sampleCatalogue } from './arbitraries.ts'
import { buildGraph } from './build.ts'
import type { Graph } from './graph.ts'
import { sampleKinds } from './sample-kinds.ts'
import type { Catalogue } from './validate/catalogue.ts'
import { validate } from './validate.ts'

export const start = 'in start {"event":"order"}'
export const check = (graph: Graph, catalogue: Partial<Catalogue> = {}) =>
  validate(graph, sampleKinds, { ...sampleCatalogue, ...catalogue })
const leaf = (fact: string, params: Record<string, string>, operator: string, value?: unknown) => ({
  fact,
  params,
  operator,
  value,
})
const total = (operator: string, value?: unknown) => leaf('entry', { property: 'total' }, operator, value)
export const deciding = (condition: unknown, filter?: unknown) =>
  buildGraph(
    [`in start ${JSON.stringify({ event: 'order', filter })}`, `if decide ${JSON.stringify({ condition })}`],
    ['in.next if'],
  )
export const mail = 'm mail {"template":"hello"}'

interface Sample {
  graph: Graph
  catalogue?: Partial<Catalogue>
  nodeId: string | null
  field?: string | null
}

const crowd = Array.from({ length: 200 }, (_, index) => `n${index} sleep {"for":"1d"}`)
const crowded = buildGraph(
  [start, ...crowd],
  ['in.next n0', ...crowd.slice(1).map((_, index) => `n${index}.next n${index + 1}`)],
)

const reading = (variable: string) => ({
  graph: buildGraph([start, mail], ['in.next m']),
  catalogue: { templates: [{ id: 'hello', channel: 'email', name: '', variables: [variable] }] },
  nodeId: 'm',
  field: 'template',
})

/** For each code, the smallest draft that has this problem. */
export const samples: Record<string, Sample> = {
  no_entry: { graph: buildGraph(['a sleep {"for":"1d"}'], []), nodeId: null },
  too_many_nodes: { graph: crowded, nodeId: null },
  unreachable_node: { graph: buildGraph([start, 'a sleep {"for":"1d"}'], []), nodeId: 'a' },
  output_leads_nowhere: { graph: buildGraph([start], []), nodeId: 'in', field: 'output.next' },
  unknown_kind: { graph: buildGraph([start, 'a fax'], ['in.next a']), nodeId: 'a' },
  edge_to_nothing: { graph: buildGraph([start], ['in.next ghost']), nodeId: 'in' },
  output_connected_twice: {
    graph: buildGraph([start, 'a sleep {"for":"1d"}', 'b sleep {"for":"1d"}'], ['in.next a', 'in.next b']),
    nodeId: 'in',
  },
  edge_into_entry: {
    graph: buildGraph([start, 'a sleep {"for":"1d"}'], ['in.next a', 'a.next in']),
    nodeId: 'in',
  },
  duplicate_node_id: {
    graph: buildGraph([start, 'a sleep {"for":"1d"}', 'a sleep {"for":"2d"}'], ['in.next a']),
    nodeId: 'a',
  },
  loop_without_wait: {
    graph: buildGraph([start, 'a halve', 'b halve'], ['in.next a', 'a.a b', 'b.a a']),
    nodeId: 'a',
  },
  field_missing: { graph: buildGraph(['in start {"event":""}'], []), nodeId: 'in', field: 'event' },
  field_wrong: {
    graph: buildGraph([start, 'a sleep {"for":"soon"}'], ['in.next a']),
    nodeId: 'a',
    field: 'for',
  },
  template_missing: {
    graph: buildGraph([start, 'm mail {"template":"gone"}'], ['in.next m']),
    nodeId: 'm',
    field: 'template',
  },
  template_broken: {
    graph: buildGraph([start, mail], ['in.next m']),
    catalogue: {
      templates: [],
      broken: [{ id: 'hello', name: 'Hello', mistake: { en: 'Write a subject.', ru: 'Напишите тему.' } }],
    },
    nodeId: 'm',
    field: 'template',
  },
  connection_missing: {
    graph: buildGraph([start, mail], ['in.next m']),
    catalogue: { connections: [] },
    nodeId: 'm',
    field: 'connection',
  },
  template_variable_unset: reading('nodes.later.score'),
  template_attribute_unseen: reading('customer.citi'),
  messages_at_once: {
    graph: buildGraph([start, mail, 'm2 mail {"template":"hello"}'], ['in.next m', 'm.sent m2']),
    nodeId: 'm2',
  },
  event_never_seen: { graph: buildGraph(['in start {"event":"odrer"}'], []), nodeId: 'in', field: 'event' },
  attribute_never_seen: {
    graph: deciding(leaf('attribute', { name: 'ctiy' }, 'isSet')),
    nodeId: 'if',
    field: 'condition',
  },
  saved_node_missing: {
    graph: deciding(leaf('saved', { node: 'if', field: 'x' }, 'isSet')),
    nodeId: 'if',
    field: 'condition',
  },
  contradicts_entry: {
    graph: deciding(total('lessThan', 10), leaf('event', { property: 'total' }, 'greaterThan', 50)),
    nodeId: 'if',
    field: 'condition',
  },
}

/** For each fault inside a condition, drafts of conditions that have it. */
export const conditionSamples: Record<string, unknown[]> = {
  condition_incomplete: [
    total('greaterThan'),
    total('between', [1]),
    total('equal', ''),
    leaf('attribute', { name: ' ' }, 'isSet'),
    { all: [] },
    { all: [total('isSet'), { any: [] }] },
  ],
  condition_unknown_fact: [leaf('weather', {}, 'isSet'), leaf('constructor', {}, 'isSet')],
  condition_unknown_operator: [total('resembles', 5), total('toString', 5)],
  condition_wrong_place: [leaf('event', { property: 'total' }, 'isSet')],
  condition_wrong_param: [
    leaf('event_count', { event: 'order', within: 'soon' }, 'greaterThan', 1),
    leaf('event_count', { event: 'order', stray: '1' }, 'greaterThan', 1),
  ],
  condition_wrong_type: [
    leaf('event_count', { event: 'order' }, 'contains', 'a'),
    leaf('event_count', { event: 'order' }, 'equal', 'many'),
    leaf('event_count', { event: 'order' }, 'in', [1, 'many']),
    leaf('consent', { channel: 'email' }, 'greaterThan', 1),
    leaf('consent', { channel: 'email' }, 'equal', 'yes'),
  ],
  condition_impossible: [
    { all: [total('greaterThan', 5), total('lessThan', 5)] },
    { all: [total('equal', 'a'), { all: [total('equal', 'b')] }] },
    { all: [total('isNotSet'), total('greaterThan', 5)] },
    { any: [total('between', [5, 1])] },
    { all: [total('equal', 3), total('notIn', [3])] },
  ],
}
