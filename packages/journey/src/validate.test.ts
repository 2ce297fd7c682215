import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sampleCatalogue } from './arbitraries.ts'
import { buildGraph } from './build.ts'
import { compile } from './compile.ts'
import type { Graph } from './graph.ts'
import { type Problem, problemSentences } from './problem.ts'
import { sampleKinds } from './sample-kinds.ts'
import type { Catalogue } from './validate/catalogue.ts'
import { validate } from './validate.ts'

const start = 'in start {"event":"order"}'
const check = (graph: Graph, catalogue: Partial<Catalogue> = {}) =>
  validate(graph, sampleKinds, { ...sampleCatalogue, ...catalogue })
const leaf = (fact: string, params: Record<string, string>, operator: string, value?: unknown) => ({
  fact,
  params,
  operator,
  value,
})
const total = (operator: string, value?: unknown) => leaf('entry', { property: 'total' }, operator, value)
const deciding = (condition: unknown, filter?: unknown) =>
  buildGraph(
    [`in start ${JSON.stringify({ event: 'order', filter })}`, `if decide ${JSON.stringify({ condition })}`],
    ['in.next if'],
  )
const mail = 'm mail {"template":"hello"}'

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

/** For each code, the smallest draft that has this problem. */
const reading = (variable: string) => ({
  graph: buildGraph([start, mail], ['in.next m']),
  catalogue: { templates: [{ id: 'hello', channel: 'email', name: '', variables: [variable] }] },
  nodeId: 'm',
  field: 'template',
})

const samples: Record<string, Sample> = {
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

/** The same for faults inside a condition. */
const conditionSamples: Record<string, unknown[]> = {
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

function expectSpoken({ text, fix }: Problem) {
  for (const words of [text, fix]) {
    expect(words.en).toMatch(/^[A-Z“{].*\.$/)
    expect(words.ru).toMatch(/^[А-ЯЁ«{].*\.$/)
  }
}

describe('every problem', () => {
  test('has a sample', () => {
    expect(Object.keys(samples).sort()).toEqual(Object.keys(problemSentences).sort())
  })

  for (const [code, { graph, catalogue, nodeId, field = null }] of Object.entries(samples)) {
    test(`${code} is found, names its node and field, and speaks both languages`, () => {
      const found = check(graph, catalogue).filter((problem) => problem.code === code)
      expect(found.map((problem) => [problem.nodeId, problem.field])).toContainEqual([nodeId, field])
      found.forEach(expectSpoken)
      expect(found[0]?.severity).toBe(problemSentences[code as keyof typeof problemSentences].severity)
    })
  }

  for (const [code, conditions] of Object.entries(conditionSamples)) {
    test.each(conditions.map((condition) => [JSON.stringify(condition), condition]))(
      `${code}: %s`,
      (_, condition) => {
        const found = check(deciding(condition)).filter((problem) => problem.code === code)
        expect(found).toMatchObject([{ nodeId: 'if', field: 'condition', severity: 'error' }])
        found.forEach(expectSpoken)
      },
    )
  }

  test('reads like this', () => {
    const lines = Object.entries(samples).map(([code, { graph, catalogue }]) => {
      const { text } = check(graph, catalogue).find((problem) => problem.code === code) as Problem
      return `${code}\n  ${text.en}\n  ${text.ru}`
    })
    expect(lines.join('\n')).toMatchInlineSnapshot(`
      "no_entry
        Nobody can enter: the journey has no entry.
        Войти никто не может: в сценарии нет входа.
      too_many_nodes
        The journey has 201 blocks; 200 is the most.
        Блоков в сценарии: 201; можно не больше 200.
      unreachable_node
        No path leads to “sleep”.
        К блоку «sleep» не ведёт ни один путь.
      output_leads_nowhere
        Output “Next” of “start” leads nowhere: customers leave the journey there.
        Ветка «Next» блока «start» никуда не ведёт: клиенты там выходят из сценария.
      unknown_kind
        “fax” is of a kind that is not installed here.
        Тип блока «fax» здесь не установлен.
      edge_to_nothing
        A connection of “start” ends at a block or output that is not there.
        Связь блока «start» ведёт к блоку или ветке, которых нет.
      output_connected_twice
        Output “Next” of “start” leads to two blocks at once.
        Ветка «Next» блока «start» ведёт сразу к двум блокам.
      edge_into_entry
        A connection leads into the entry “start”.
        Связь ведёт во вход «start».
      duplicate_node_id
        Two blocks have the same id a.
        У двух блоков один идентификатор a.
      loop_without_wait
        “halve” is in a loop with no wait inside: customers would go round without end.
        «halve» стоит в цикле без ожидания: клиенты ходили бы по кругу без конца.
      field_missing
        Not filled in: “event” in “start”.
        Не заполнено: «event» в блоке «start».
      field_wrong
        This value cannot be used: “for” in “sleep”.
        Значение не подходит: «for» в блоке «sleep».
      template_missing
        The template of “mail” is gone or has mistakes.
        Шаблона блока «mail» больше нет, или в нём ошибки.
      connection_missing
        “Hello” has no connection to send through.
        Для блока «Hello» нет подключения, через которое отправлять.
      template_variable_unset
        The template uses {{ nodes.later.score }}, which this journey cannot fill in.
        В шаблоне есть {{ nodes.later.score }}, а этот сценарий заполнить его не может.
      template_attribute_unseen
        The template uses {{ customer.citi }}, which no customer has.
        В шаблоне есть {{ customer.citi }}, а такого нет ни у одного клиента.
      messages_at_once
        “Hello” goes out right after another message: the customer gets both within a minute.
        «Hello» уходит сразу за другим сообщением: клиент получит оба в одну минуту.
      event_never_seen
        No event called “odrer” has come in yet.
        Событие «odrer» ещё ни разу не приходило.
      attribute_never_seen
        No customer has the attribute “ctiy”.
        Ни у одного клиента нет атрибута «ctiy».
      saved_node_missing
        A condition reads the answer of “decide”, which does not come before it.
        Условие читает ответ блока «decide», который не стоит перед ним.
      contradicts_entry
        “total is under 10” can never be true after the entry’s filter.
        «total меньше 10» не может выполниться после фильтра входа."
    `)
  })
})

test('all problems come at once, errors before warnings', () => {
  const found = check(
    buildGraph(['in start {"event":"nobody"}', 'a sleep {"for":""}', 'b fax'], ['in.next a', 'b.x a']),
  )
  const severities = found.map(({ severity }) => severity)
  expect(severities).toEqual([...severities].sort())
  expect(found.map(({ code }) => code)).toEqual(
    expect.arrayContaining([
      'field_missing',
      'unknown_kind',
      'unreachable_node',
      'event_never_seen',
      'output_leads_nowhere',
    ]),
  )
})

test('a graph without errors compiles', () => {
  const graph = buildGraph([start, mail], ['in.next m'])
  expect(check(graph).map(({ code }) => code)).toEqual(['output_leads_nowhere'])
  expect(() => compile(graph, sampleKinds)).not.toThrow()
})

test('any junk in a config is a problem or nothing, never a crash', () => {
  const junk = fc.dictionary(
    fc.constantFrom('event', 'condition', 'for', 'within', 'filter', 'template', 'name', 'value', 'toString'),
    fc.oneof(
      fc.jsonValue(),
      fc.jsonValue().map((value) => ({ all: [value], any: value })),
      fc.constant(undefined),
    ),
  )
  const kind = fc.constantFrom('constructor', ...sampleKinds.map(({ kind: name }) => name))
  fc.assert(
    fc.property(fc.array(fc.tuple(kind, junk), { maxLength: 4 }), (parts) => {
      const graph = buildGraph([], [])
      graph.nodes = parts.map(([name, config], index) => ({
        id: `n${index}`,
        kind: name,
        name: '',
        config,
        position: { x: 0, y: 0 },
      }))
      expect(Array.isArray(check(graph))).toBe(true)
    }),
    { numRuns: 500 },
  )
})

describe('a message without a name of its own', () => {
  const graph = buildGraph([start, mail, 'n mail {"template":"hello"}'], ['in.next m', 'm.sent n'])
  const templates = [{ id: 'hello', channel: 'email', name: 'Hello again', variables: [] }]

  test('is called by its template in every sentence', () => {
    const texts = check(graph, { templates }).map(({ text }) => text.en)
    expect(texts).toContain(
      '“Hello again” goes out right after another message: the customer gets both within a minute.',
    )
    expect(texts).toContain(
      'Output “Sent” of “Hello again” leads nowhere: customers leave the journey there.',
    )
  })

  test('keeps the name that a member gave it', () => {
    const named = {
      ...graph,
      nodes: graph.nodes.map((node) => (node.id === 'n' ? { ...node, name: 'Second' } : node)),
    }
    expect(check(named, { templates }).map(({ text }) => text.en)).toContain(
      'Output “Sent” of “Second” leads nowhere: customers leave the journey there.',
    )
  })
})
