import { type Catalogue, type Condition, type Graph, kindOf, validate } from '@tropa/journey'
import { describe, expect, test } from 'vitest'
import { kinds } from './index.ts'

const catalogue: Catalogue = {
  templates: [],
  connections: [],
  events: [{ name: 'order', properties: ['total'] }],
  attributes: [],
}

/** The problems of one node behind an entry, without those about outputs that lead nowhere. */
function problemsOf(kind: string, config: Record<string, unknown>) {
  const position = { x: 0, y: 0 }
  const graph: Graph = {
    nodes: [
      { id: 'in', kind: 'event_entry', name: '', config: { event: 'order' }, position },
      { id: 'it', kind, name: '', config, position },
    ],
    edges: [{ id: 'e', from: 'in', output: 'next', to: 'it' }],
    settings: { reentry: { mode: 'never' }, exitRules: [] },
  }
  return validate(graph, kinds, catalogue).filter(({ code }) => code !== 'output_leads_nowhere')
}

const total = (operator: string, value: number): Condition => ({
  fact: 'entry',
  params: { property: 'total' },
  operator,
  value,
})
const cases = (...conditions: Condition[]) => ({
  cases: conditions.map((condition, index) => ({ id: `way_${index}`, label: '', condition })),
})
const shares = (...parts: [string, number][]) => ({
  shares: parts.map(([id, share]) => ({ id, label: '', share })),
})

test.each<[string, string, Record<string, unknown>]>([
  ['shares that do not make 100 %', 'random_split', shares(['a', 50], ['b', 49])],
  ['two shares with one id', 'random_split', shares(['a', 50], ['a', 50])],
  [
    'two cases with one id',
    'condition',
    { cases: [...cases(total('lessThan', 1)).cases, ...cases(total('lessThan', 2)).cases] },
  ],
  [
    'a case named like the rest',
    'condition',
    { cases: [{ id: 'else', label: '', condition: total('lessThan', 1) }] },
  ],
])('%s cannot be published, and both languages say why', (_, kind, config) => {
  const errors = problemsOf(kind, config).filter(({ severity }) => severity === 'error')
  expect(errors).toHaveLength(1)
  expect(errors[0]).toMatchObject({ nodeId: 'it', field: Object.keys(config)[0] })
  for (const text of [errors[0]?.text, errors[0]?.fix]) {
    expect(text?.en).toMatch(/^[A-Z].*\.$/)
    expect(text?.ru).toMatch(/^[А-ЯЁ].*\.$/)
  }
})

test('shares of a third each are 100 %', () => {
  expect(problemsOf('random_split', shares(['a', 33.3], ['b', 33.3], ['c', 33.4]))).toEqual([])
})

describe('cases nobody can take', () => {
  const dead = (...conditions: Condition[]) =>
    problemsOf('condition', cases(...conditions))
      .filter(({ code }) => code === 'case_unreachable')
      .map(({ field }) => field)
  const anything: Condition = {
    any: [
      { fact: 'consent', params: { channel: 'email' }, operator: 'isSet' },
      { fact: 'consent', params: { channel: 'email' }, operator: 'isNotSet' },
    ],
  }

  test('are those an earlier one covers: the same, a narrower one, anything after “always”', () => {
    expect(dead(total('greaterThan', 50), total('greaterThan', 50))).toEqual(['cases.1.condition'])
    expect(
      dead(total('greaterThan', 50), total('lessThan', 10), total('between', [60, 70] as never)),
    ).toEqual(['cases.2.condition'])
    expect(dead(anything, total('lessThan', 10))).toEqual(['cases.1.condition'])
    expect(dead({ any: [total('lessThan', 10), total('greaterThan', 50)] }, total('equal', 5))).toEqual([
      'cases.1.condition',
    ])
  })
  test('are not those that can still be true', () => {
    expect(
      dead(total('greaterThan', 50), total('greaterThan', 20), total('greaterThanInclusive', 20)),
    ).toEqual([])
    expect(dead({ all: [total('greaterThan', 5), anything] }, total('greaterThan', 4))).toEqual([])
  })
  test('are a warning that names both outputs', () => {
    const [problem] = problemsOf('condition', cases(total('greaterThan', 50), total('greaterThan', 60)))
    expect(problem).toMatchObject({
      severity: 'warning',
      nodeId: 'it',
      text: {
        en: 'Nobody can take the output “total is over 60”: whenever it is true, “total is over 50” above it is true too.',
        ru: 'По ветке «total больше 60» никто не пойдёт: когда она подходит, подходит и «total больше 50» выше.',
      },
    })
  })
})

test('fresh nodes say in words what they are, and name every hole', () => {
  const lines = kinds.map((kind) => {
    const { en, ru } = kind.summary(kind.initial)
    const holes = kind.entry
      ? []
      : problemsOf(kind.kind, kind.initial).map(({ code, field }) => `${code} ${field}`)
    return `${kind.kind}: ${en} / ${ru}${holes.length > 0 ? `; ${holes.join(', ')}` : ''}`
  })
  expect(lines.join('\n')).toMatchInlineSnapshot(`
    "event_entry: Lets a customer in when an event comes / Впускает клиента, когда приходит событие
    wait: Wait 1 day / Ждать: 1 день
    wait_event: Goes on when an event comes, or when time is up / Идёт дальше, когда придёт событие или выйдет время; field_missing event
    condition: No condition yet / Условие ещё не задано; condition_incomplete cases.0.condition
    random_split: A 50 % · B 50 % / A 50 % · B 50 %
    send_email: Sends an email from a template / Отправляет письмо по шаблону; field_missing template
    update_customer: Sets or clears the customer’s attributes / Записывает или очищает атрибуты клиента; field_missing changes
    goal: Counts that the customer came this far / Отмечает, что клиент дошёл до цели; field_missing name
    exit: Leaves the journey / Выходит из сценария"
  `)
})

test('cards read like this', () => {
  const say = (kind: string, config: Record<string, unknown>) => {
    const { en, ru } = kindOf(kinds, kind)?.summary(config) ?? { en: '', ru: '' }
    return `${en} / ${ru}`
  }
  const filter: Condition = {
    fact: 'event',
    params: { property: 'total' },
    operator: 'greaterThan',
    value: 50,
  }
  const lines = [
    say('event_entry', { event: 'order', filter }),
    say('wait', { for: '1w' }),
    say('wait_event', { event: 'order', within: '30d', filter }),
    say('condition', cases(total('greaterThan', 50), total('lessThan', 10))),
    say('random_split', shares(['a', 30], ['b', 70])),
    say('send_email', { template: 't', messageClass: 'transactional' }),
    say('update_customer', {
      changes: [
        { attribute: 'status', value: 'regular' },
        { attribute: 'city', value: null },
      ],
    }),
    say('goal', { name: 'Second order', value: 10, after: 'leave' }),
    say('exit', { label: 'Refused' }),
  ]
  expect(lines.join('\n')).toMatchInlineSnapshot(`
    "When “order” comes, if its total is over 50 / Когда приходит «order», если его total больше 50
    Wait 1 week / Ждать: 1 неделя
    Until “order” (its total is over 50), at most 30 days / Ждать «order» (его total больше 50), максимум 30 дней
    If total is over 50 +1 / Если total больше 50 +1
    A 30 % · B 70 % / A 30 % · B 70 %
    Transactional email / Служебное письмо
    status = regular, clear city / status = regular, очистить city
    Second order, worth 10 / Second order, ценность 10
    Refused / Refused"
  `)
})

test('a fresh condition’s output has a name in the reader’s language, and its author’s once there is one', () => {
  const labels = (label: string) =>
    kindOf(kinds, 'condition')
      ?.outputs({ cases: [{ id: 'yes', label, condition: { all: [] } }] })
      .map((output) => output.label)
  expect(labels('')?.[0]).toEqual({ en: 'Yes', ru: 'Да' })
  expect(labels('Over 50')?.[0]).toEqual({ en: 'Over 50', ru: 'Over 50' })
})

/** What the outputs of a condition are called, in both languages, without “Otherwise” and “No data”. */
function namesOf(...listed: { label?: string; condition: unknown }[]): string[] {
  const cases = listed.map((one, index) => ({ id: `output_${index}`, label: '', ...one }))
  const outputs = kindOf(kinds, 'condition')?.outputs({ cases }) ?? []
  return outputs.slice(0, -2).map(({ label }) => `${label.en} / ${label.ru}`)
}

test('an output without a name is called by what it asks, and the only one is the yes to it', () => {
  const [over, under] = [total('greaterThan', 50), total('lessThan', 10)].map((condition) => ({ condition }))
  if (!over || !under) throw new Error('There are no conditions.')
  expect(namesOf(over)).toEqual(['Yes / Да'])
  expect(namesOf(over, under)).toEqual([
    'total is over 50 / total больше 50',
    'total is under 10 / total меньше 10',
  ])
  expect(namesOf({ ...over, label: ' Large ' }, under)[0]).toBe('Large / Large')
})

test.each([
  ['long', { all: [total('greaterThan', 50), total('lessThan', 10), total('lessThan', 20)] }],
  ['unfinished', { all: [{ fact: 'entry', params: {}, operator: 'greaterThan' }] }],
  ['empty', { all: [] }],
  ['broken', 'over 50'],
  ['that of another', total('greaterThan', 50)],
])('an output without a name has a number when its sentence is %s, never its id', (_, condition) => {
  expect(namesOf({ condition: total('greaterThan', 50) }, { condition }).at(-1)).toBe('Output 2 / Ветка 2')
})

test('a share without a name is called by the letter of its place', () => {
  const config = {
    shares: [
      { id: 'x', label: '', share: 30 },
      { id: 'y', label: 'Rest', share: 70 },
    ],
  }
  const split = kindOf(kinds, 'random_split')
  expect(split?.outputs(config).map(({ label }) => label.en)).toEqual(['A · 30 %', 'Rest · 70 %'])
  expect(split?.summary(config).ru).toBe('A 30 % · Rest 70 %')
})
