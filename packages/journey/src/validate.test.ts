import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { buildGraph } from './build.ts'
import { compile } from './compile.ts'
import { type Problem, problemSentences } from './problem.ts'
import { check, conditionSamples, deciding, mail, samples, start } from './problem-samples.ts'
import { sampleKinds } from './sample-kinds.ts'

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
        The template of “mail” is gone.
        Шаблона блока «mail» больше нет.
      template_broken
        The template “Hello” has mistakes and cannot be sent.
        В шаблоне «Hello» ошибки, отправить его нельзя.
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
  const graph = buildGraph([start, 'a sleep {"for":"1d"}'], ['in.next a'])
  expect(check(graph).map(({ code }) => code)).toEqual(['output_leads_nowhere'])
  expect(() => compile(graph, sampleKinds)).not.toThrow()
})

describe('a path that ends', () => {
  const nowhere = (edges: string[]) =>
    check(buildGraph([start, mail, 'a sleep {"for":"1d"}', 'out leave {"reason":"exit_node"}'], edges))
      .filter(({ code }) => code === 'output_leads_nowhere')
      .map(({ nodeId, field }) => `${nodeId} ${field}`)

  test('at a message is nothing to warn of', () => {
    expect(nowhere(['in.next a', 'a.next m'])).toEqual([])
  })

  test('at a message is told of where only its failure leads on', () => {
    expect(nowhere(['in.next a', 'a.next m', 'm.failed out'])).toEqual(['m output.sent'])
  })

  test('at a wait is told of: nothing comes after it', () => {
    expect(nowhere(['in.next m', 'm.sent a'])).toEqual(['a output.next'])
  })
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
  const graph = buildGraph(
    [start, mail, 'n mail {"template":"hello"}', 'out leave {"reason":"exit_node"}'],
    ['in.next m', 'm.sent n', 'n.failed out'],
  )
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
