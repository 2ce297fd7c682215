import { describe, expect, test } from 'vitest'
import { type FactId, facts } from './facts.ts'
import { type OperandKind, type OperatorId, operators, operatorsFor } from './operators.ts'
import type { Leaf } from './schema.ts'
import { leafSentence } from './sentence.ts'

const sampleParams: Record<FactId, Record<string, string>> = {
  event: { property: 'total' },
  entry: { property: 'total' },
  saved: { node: 'n3', field: 'score' },
  attribute: { name: 'city' },
  event_count: { event: 'order', within: '30d' },
  event_sum: { event: 'order', property: 'total', within: '1w' },
  consent: { channel: 'email' },
}
const sampleOperands: Record<OperandKind, Leaf['value']> = {
  none: undefined,
  same: 'Tula',
  number: 50,
  text: 'Tu',
  list: ['Tula', 7],
  range: [10, 49.5],
  duration: '2w',
  boolean: true,
}

function leafOf(fact: FactId, operator: OperatorId): Leaf {
  const { operand } = operators[operator]
  const numeric: Leaf['value'] =
    operand === 'list' ? [1, 2] : operand === 'same' ? 7 : sampleOperands[operand]
  const kind = facts[fact].value
  const value =
    kind === 'number' ? numeric : kind === 'boolean' && operand === 'same' ? true : sampleOperands[operand]
  return { fact, params: sampleParams[fact], operator, ...(value === undefined ? {} : { value }) }
}

/** Each template of a fact, English beside Russian. */
function templates(fact: FactId): string {
  const lines = operatorsFor(facts[fact].value).map((operator) => leafSentence(leafOf(fact, operator)))
  return lines.map(({ en, ru }) => `${en} / ${ru}`).join('\n')
}

describe('every fact × operator template', () => {
  test('attribute', () => {
    expect(templates('attribute')).toMatchInlineSnapshot(`
      "customer’s city is “Tula” / city клиента — «Tula»
      customer’s city is not “Tula” / city клиента — не «Tula»
      customer’s city is over 50 / city клиента больше 50
      customer’s city is at least 50 / city клиента не меньше 50
      customer’s city is under 50 / city клиента меньше 50
      customer’s city is at most 50 / city клиента не больше 50
      customer’s city is between 10 and 49.5 / city клиента от 10 до 49,5
      customer’s city contains “Tu” / city клиента содержит «Tu»
      customer’s city does not contain “Tu” / city клиента не содержит «Tu»
      customer’s city starts with “Tu” / city клиента начинается с «Tu»
      customer’s city is one of “Tula”, 7 / city клиента входит в список «Tula», 7
      customer’s city is none of “Tula”, 7 / city клиента не входит в список «Tula», 7
      customer’s city is within the last 2 weeks / city клиента за последние 2 недели
      customer’s city is longer ago than 2 weeks / city клиента раньше, чем 2 недели назад
      customer’s city is known / city клиента — есть данные
      customer’s city is not known / city клиента — нет данных"
    `)
  })
  test('entry', () => {
    expect(templates('entry')).toMatchInlineSnapshot(`
      "total is “Tula” / total — «Tula»
      total is not “Tula” / total — не «Tula»
      total is over 50 / total больше 50
      total is at least 50 / total не меньше 50
      total is under 50 / total меньше 50
      total is at most 50 / total не больше 50
      total is between 10 and 49.5 / total от 10 до 49,5
      total contains “Tu” / total содержит «Tu»
      total does not contain “Tu” / total не содержит «Tu»
      total starts with “Tu” / total начинается с «Tu»
      total is one of “Tula”, 7 / total входит в список «Tula», 7
      total is none of “Tula”, 7 / total не входит в список «Tula», 7
      total is within the last 2 weeks / total за последние 2 недели
      total is longer ago than 2 weeks / total раньше, чем 2 недели назад
      total is known / total — есть данные
      total is not known / total — нет данных"
    `)
  })
  test('event', () => {
    expect(templates('event')).toMatchInlineSnapshot(`
      "its total is “Tula” / его total — «Tula»
      its total is not “Tula” / его total — не «Tula»
      its total is over 50 / его total больше 50
      its total is at least 50 / его total не меньше 50
      its total is under 50 / его total меньше 50
      its total is at most 50 / его total не больше 50
      its total is between 10 and 49.5 / его total от 10 до 49,5
      its total contains “Tu” / его total содержит «Tu»
      its total does not contain “Tu” / его total не содержит «Tu»
      its total starts with “Tu” / его total начинается с «Tu»
      its total is one of “Tula”, 7 / его total входит в список «Tula», 7
      its total is none of “Tula”, 7 / его total не входит в список «Tula», 7
      its total is within the last 2 weeks / его total за последние 2 недели
      its total is longer ago than 2 weeks / его total раньше, чем 2 недели назад
      its total is known / его total — есть данные
      its total is not known / его total — нет данных"
    `)
  })
  test('saved', () => {
    expect(templates('saved')).toMatchInlineSnapshot(`
      "score of n3 is “Tula” / score блока n3 — «Tula»
      score of n3 is not “Tula” / score блока n3 — не «Tula»
      score of n3 is over 50 / score блока n3 больше 50
      score of n3 is at least 50 / score блока n3 не меньше 50
      score of n3 is under 50 / score блока n3 меньше 50
      score of n3 is at most 50 / score блока n3 не больше 50
      score of n3 is between 10 and 49.5 / score блока n3 от 10 до 49,5
      score of n3 contains “Tu” / score блока n3 содержит «Tu»
      score of n3 does not contain “Tu” / score блока n3 не содержит «Tu»
      score of n3 starts with “Tu” / score блока n3 начинается с «Tu»
      score of n3 is one of “Tula”, 7 / score блока n3 входит в список «Tula», 7
      score of n3 is none of “Tula”, 7 / score блока n3 не входит в список «Tula», 7
      score of n3 is within the last 2 weeks / score блока n3 за последние 2 недели
      score of n3 is longer ago than 2 weeks / score блока n3 раньше, чем 2 недели назад
      score of n3 is known / score блока n3 — есть данные
      score of n3 is not known / score блока n3 — нет данных"
    `)
  })
  test('event_count', () => {
    expect(templates('event_count')).toMatchInlineSnapshot(`
      "number of “order” events in the last 30 days is 7 / событий «order» за последние 30 дней равно 7
      number of “order” events in the last 30 days is not 7 / событий «order» за последние 30 дней не равно 7
      number of “order” events in the last 30 days is over 50 / событий «order» за последние 30 дней больше 50
      number of “order” events in the last 30 days is at least 50 / событий «order» за последние 30 дней не меньше 50
      number of “order” events in the last 30 days is under 50 / событий «order» за последние 30 дней меньше 50
      number of “order” events in the last 30 days is at most 50 / событий «order» за последние 30 дней не больше 50
      number of “order” events in the last 30 days is between 10 and 49.5 / событий «order» за последние 30 дней от 10 до 49,5
      number of “order” events in the last 30 days is one of 1, 2 / событий «order» за последние 30 дней входит в список 1, 2
      number of “order” events in the last 30 days is none of 1, 2 / событий «order» за последние 30 дней не входит в список 1, 2
      number of “order” events in the last 30 days is known / событий «order» за последние 30 дней — есть данные
      number of “order” events in the last 30 days is not known / событий «order» за последние 30 дней — нет данных"
    `)
  })
  test('event_sum', () => {
    expect(templates('event_sum')).toMatchInlineSnapshot(`
      "sum of total over “order” events in the last week is 7 / сумма total по событиям «order» за последнюю неделю равно 7
      sum of total over “order” events in the last week is not 7 / сумма total по событиям «order» за последнюю неделю не равно 7
      sum of total over “order” events in the last week is over 50 / сумма total по событиям «order» за последнюю неделю больше 50
      sum of total over “order” events in the last week is at least 50 / сумма total по событиям «order» за последнюю неделю не меньше 50
      sum of total over “order” events in the last week is under 50 / сумма total по событиям «order» за последнюю неделю меньше 50
      sum of total over “order” events in the last week is at most 50 / сумма total по событиям «order» за последнюю неделю не больше 50
      sum of total over “order” events in the last week is between 10 and 49.5 / сумма total по событиям «order» за последнюю неделю от 10 до 49,5
      sum of total over “order” events in the last week is one of 1, 2 / сумма total по событиям «order» за последнюю неделю входит в список 1, 2
      sum of total over “order” events in the last week is none of 1, 2 / сумма total по событиям «order» за последнюю неделю не входит в список 1, 2
      sum of total over “order” events in the last week is known / сумма total по событиям «order» за последнюю неделю — есть данные
      sum of total over “order” events in the last week is not known / сумма total по событиям «order» за последнюю неделю — нет данных"
    `)
  })
  test('consent', () => {
    expect(templates('consent')).toMatchInlineSnapshot(`
      "is subscribed to email / есть подписка на email
      consent to email is not yes / согласие на email — не да
      consent to email is known / согласие на email — есть данные
      consent to email is not known / согласие на email — нет данных"
    `)
  })

  test('is spelt differently from every other', () => {
    const leaves = (Object.keys(facts) as FactId[]).flatMap((fact) =>
      operatorsFor('any').map((operator) => leafOf(fact, operator)),
    )
    for (const language of ['en', 'ru'] as const) {
      const sentences = leaves.map((leaf) => leafSentence(leaf)[language])
      expect(new Set(sentences).size).toBe(leaves.length)
    }
  })
})
