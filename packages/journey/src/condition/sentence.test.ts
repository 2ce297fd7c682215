import { expect, test } from 'vitest'
import { evaluateCondition } from './evaluate.ts'
import type { Condition, Leaf } from './schema.ts'
import { conditionSentence, traceSentences } from './sentence.ts'

const total = (operator: string, value?: Leaf['value']): Leaf => ({
  fact: 'entry',
  params: { property: 'total' },
  operator,
  ...(value === undefined ? {} : { value }),
})
const city = (value: string): Leaf => ({
  fact: 'attribute',
  params: { name: 'city' },
  operator: 'equal',
  value,
})
const say = (condition: Condition) => {
  const { en, ru } = conditionSentence(condition)
  return `${en} / ${ru}`
}

test('special turns of speech', () => {
  const count = (operator: string, value: number, within?: string): Leaf => ({
    fact: 'event_count',
    params: { event: 'order', ...(within ? { within } : {}) },
    operator,
    value,
  })
  const consent = (value: boolean): Leaf => ({
    fact: 'consent',
    params: { channel: 'email' },
    operator: 'equal',
    value,
  })
  const conditions: Condition[] = [
    consent(true),
    consent(false),
    count('equal', 0, '14d'),
    count('equal', 0),
    count('greaterThanInclusive', 2),
    total('equal', 50),
    total('notEqual', 1.5),
    total('equal', true),
    total('greaterThan', { fact: 'entry', params: { property: 'limit' } }),
    total('greaterThan', { fact: 'attribute', params: { name: 'limit' } }),
    total('greaterThan', { fact: 'event', params: { property: 'limit' } }),
    { fact: 'attribute', params: { name: 'joined' }, operator: 'withinLast', value: '1d' },
    { fact: 'attribute', params: { name: 'joined' }, operator: 'longerAgoThan', value: '1w' },
    { fact: 'attribute', params: { name: 'full name' }, operator: 'equal', value: 'a” or “b» и «c' },
    { fact: 'attribute', params: {}, operator: 'greaterThan' },
    { fact: 'weather', params: {}, operator: 'resembles', value: 5 },
  ]
  expect(conditions.map(say).join('\n')).toMatchInlineSnapshot(`
    "is subscribed to email / есть подписка на email
    is not subscribed to email / нет подписки на email
    no “order” events in the last 14 days / нет событий «order» за последние 14 дней
    no “order” events / нет событий «order»
    number of “order” events is at least 2 / событий «order» не меньше 2
    total is 50 / total равно 50
    total is not 1.5 / total не равно 1,5
    total is yes / total — да
    total is over the entry event’s limit / total больше limit события входа
    total is over customer’s limit / total больше limit клиента
    total is over its limit / total больше его limit
    customer’s joined is within the last day / joined клиента за последний день
    customer’s joined is longer ago than 1 week / joined клиента раньше, чем 1 неделю назад
    customer’s “full name” is “a\\” or “b» и «c” / «full name» клиента — «a” or “b\\» и «c»
    customer’s … is over … / … клиента больше …
    weather resembles / weather resembles"
  `)
})

test('groups bracket what could be read two ways', () => {
  const [a, b, c] = [total('greaterThan', 1), total('lessThan', 9), city('Tula')]
  const conditions: Condition[] = [
    { all: [a, b, c] },
    { any: [a, { all: [b, c] }] },
    { all: [{ any: [a, b] }, c] },
    { all: [{ all: [{ any: [a, b] }] }, c] },
    { not: { any: [a, b] } },
    { all: [{ not: a }, b] },
    { any: [{ all: [a] }] },
    { all: [] },
    { any: [{ any: [] }, a] },
  ]
  expect(conditions.map(say).join('\n')).toMatchInlineSnapshot(`
    "total is over 1 and total is under 9 and customer’s city is “Tula” / total больше 1 и total меньше 9 и city клиента — «Tula»
    total is over 1 or (total is under 9 and customer’s city is “Tula”) / total больше 1 или (total меньше 9 и city клиента — «Tula»)
    (total is over 1 or total is under 9) and customer’s city is “Tula” / (total больше 1 или total меньше 9) и city клиента — «Tula»
    (total is over 1 or total is under 9) and customer’s city is “Tula” / (total больше 1 или total меньше 9) и city клиента — «Tula»
    not (total is over 1 or total is under 9) / неверно, что (total больше 1 или total меньше 9)
    not (total is over 1) and total is under 9 / неверно, что (total больше 1) и total меньше 9
    total is over 1 / total больше 1
    always / всегда
    never or total is over 1 / никогда или total больше 1"
  `)
})

test('look-alike values are told apart', () => {
  const pairs: [Leaf['value'], Leaf['value']][] = [
    [5, '5'],
    [true, 'yes'],
    [['a, b'], ['a', 'b']],
    [['a“, “b'], ['a', 'b']],
    [['a”, “b'], ['a', 'b']],
    [[1, 5], [1.5]],
    ['24h', '1d'],
  ]
  for (const [left, right] of pairs) {
    const operator = Array.isArray(left) ? 'in' : 'equal'
    expect(say(total(operator, left))).not.toBe(say(total(operator, right)))
    expect(conditionSentence(total(operator, left)).ru).not.toBe(conditionSentence(total(operator, right)).ru)
  }
})

test('a trace says what was found, what it was compared with, and the answer', async () => {
  const known: Record<string, unknown> = {
    total: 77,
    city: 'Tula',
    joined: '2025-12-30',
    tags: ['a', 'b'],
    odd: 'many',
  }
  const condition: Condition = {
    any: [
      total('greaterThan', 50),
      total('between', [10, 20]),
      city('Tver'),
      { fact: 'attribute', params: { name: 'joined' }, operator: 'withinLast', value: '1w' },
      { fact: 'attribute', params: { name: 'tags' }, operator: 'contains', value: 'a' },
      { fact: 'attribute', params: { name: 'odd' }, operator: 'lessThan', value: 5 },
      { fact: 'attribute', params: { name: 'gone' }, operator: 'lessThan', value: 5 },
      { fact: 'attribute', params: { name: 'gone' }, operator: 'isSet' },
      { fact: 'attribute', params: { name: 'gone' }, operator: 'isNotSet' },
      total('greaterThan', { fact: 'attribute', params: { name: 'limit' } }),
      total('lessThan', { fact: 'attribute', params: { name: 'gone' } }),
    ],
  }
  known.limit = 60
  const trace = await evaluateCondition(
    condition,
    async ({ params }) => known[params.property ?? params.name ?? ''],
    Date.UTC(2026, 0, 1),
  )
  const sentences = traceSentences(trace)
  expect(sentences[0]).toEqual({ en: 'total was 77, over 50: yes', ru: 'total: 77, больше 50 — да' })
  expect(sentences.map(({ en, ru }) => `${en} / ${ru}`).join('\n')).toMatchInlineSnapshot(`
    "total was 77, over 50: yes / total: 77, больше 50 — да
    total was 77, between 10 and 20: no / total: 77, от 10 до 20 — нет
    customer’s city was “Tula”, equal to “Tver”: no / city клиента: «Tula», равно «Tver» — нет
    customer’s joined was “2025-12-30”, within the last week: yes / joined клиента: «2025-12-30», за последнюю неделю — да
    customer’s tags was “a”, “b”, contains “a”: yes / tags клиента: «a», «b», содержит «a» — да
    customer’s odd was “many” (of a type that cannot be compared), under 5: cannot be known / odd клиента: «many» (тип нельзя сравнить), меньше 5 — неизвестно
    customer’s gone was not known, under 5: cannot be known / gone клиента: нет данных, меньше 5 — неизвестно
    customer’s gone was not known, known: no / gone клиента: нет данных, есть данные — нет
    customer’s gone was not known, not known: yes / gone клиента: нет данных, нет данных — да
    total was 77, over 60: yes / total: 77, больше 60 — да
    total was 77, under …: cannot be known / total: 77, меньше … — неизвестно"
  `)
})

test('a trace of a yes or no says what should have been found', async () => {
  const vip = (operator: string): Condition => ({
    fact: 'attribute',
    params: { name: 'vip' },
    operator,
    value: true,
  })
  const trace = await evaluateCondition({ all: [vip('equal'), vip('notEqual')] }, async () => false, 0)
  expect(traceSentences(trace)).toEqual([
    { en: 'customer’s vip was no, should be yes: no', ru: 'vip клиента: нет, нужно «да» — нет' },
    { en: 'customer’s vip was no, should not be yes: yes', ru: 'vip клиента: нет, не нужно «да» — да' },
  ])
})
