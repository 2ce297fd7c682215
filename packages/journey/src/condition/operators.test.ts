import { describe, expect, test } from 'vitest'
import { evaluateCondition, type LeafTrace } from './evaluate.ts'
import { operators, operatorsFor } from './operators.ts'

const now = Date.UTC(2026, 0, 31, 12)
const ask = async (actual: unknown, operator: string, value?: unknown) => {
  const leaf = { fact: 'attribute', params: { name: 'x' }, operator, value: value as never }
  const trace = (await evaluateCondition(leaf, async () => actual, now)) as LeafTrace
  return trace.unknownBecause ?? trace.result
}

const rows: [string, unknown, unknown, string][] = [
  ['equal', 'Tula', 'Tula', 'true'],
  ['equal', 'tula', 'Tula', 'false'],
  ['equal', 5, '5', 'false'],
  ['equal', false, false, 'true'],
  ['equal', ['a'], 'a', 'wrong_type'],
  ['equal', { a: 1 }, 'a', 'wrong_type'],
  ['notEqual', 'Tver', 'Tula', 'true'],
  ['notEqual', 'Tula', 'Tula', 'false'],
  ['notEqual', ['a'], 'a', 'wrong_type'],
  ['greaterThan', 50.01, 50, 'true'],
  ['greaterThan', 50, 50, 'false'],
  ['greaterThan', '51', 50, 'wrong_type'],
  ['greaterThan', true, 0, 'wrong_type'],
  ['greaterThanInclusive', 50, 50, 'true'],
  ['greaterThanInclusive', 49.99, 50, 'false'],
  ['greaterThanInclusive', '50', 50, 'wrong_type'],
  ['lessThan', 49, 50, 'true'],
  ['lessThan', 50, 50, 'false'],
  ['lessThan', [1], 50, 'wrong_type'],
  ['lessThanInclusive', 50, 50, 'true'],
  ['lessThanInclusive', 51, 50, 'false'],
  ['lessThanInclusive', '', 50, 'wrong_type'],
  ['between', 10, [10, 20], 'true'],
  ['between', 20, [10, 20], 'true'],
  ['between', 21, [10, 20], 'false'],
  ['between', '15', [10, 20], 'wrong_type'],
  ['between', 15, ['10', '20'], 'wrong_type'],
  ['contains', 'Ёлочка', 'елоч', 'true'],
  ['contains', 'tree', 'елоч', 'false'],
  ['contains', ['a', 'b'], 'b', 'true'],
  ['contains', ['ab'], 'b', 'false'],
  ['contains', 55, '5', 'wrong_type'],
  ['doesNotContain', 'tree', 'елоч', 'true'],
  ['doesNotContain', ['a', 'b'], 'b', 'false'],
  ['doesNotContain', 55, '5', 'wrong_type'],
  ['startsWith', 'ТУЛА', 'ту', 'true'],
  ['startsWith', 'Тула', 'ла', 'false'],
  ['startsWith', 7, '7', 'wrong_type'],
  ['in', 'a', ['a', 'b'], 'true'],
  ['in', '1', [1, 2], 'false'],
  ['in', ['a'], ['a'], 'wrong_type'],
  ['notIn', 'c', ['a', 'b'], 'true'],
  ['notIn', 'a', ['a', 'b'], 'false'],
  ['notIn', {}, ['a'], 'wrong_type'],
  ['withinLast', '2026-01-30T12:00:00Z', '1d', 'true'],
  ['withinLast', '2026-01-30T11:59:59Z', '1d', 'false'],
  ['withinLast', '2026-02-01', '1d', 'false'],
  ['withinLast', now - 1000, '1m', 'true'],
  ['withinLast', '30.01.2026', '1d', 'wrong_type'],
  ['withinLast', '2026-02-30', '1d', 'wrong_type'],
  ['longerAgoThan', '2026-01-30T11:59:59Z', '1d', 'true'],
  ['longerAgoThan', '2026-01-30T12:00:00Z', '1d', 'false'],
  ['longerAgoThan', true, '1d', 'wrong_type'],
  ['isSet', '', undefined, 'true'],
  ['isSet', 0, undefined, 'true'],
  ['isSet', undefined, undefined, 'false'],
  ['isSet', null, undefined, 'false'],
  ['isNotSet', false, undefined, 'false'],
  ['isNotSet', undefined, undefined, 'true'],
]

test.each(rows)('%s: %j against %j is %s', async (operator, actual, value, expected) => {
  expect(await ask(actual, operator, value)).toBe(expected)
})

describe('every operator', () => {
  const ids = Object.keys(operators)

  test('has rows for true and false, and for the wrong type if there is one', () => {
    for (const id of ids) {
      const answers = new Set(
        rows.filter(([operator]) => operator === id).map(([, , , expected]) => expected),
      )
      const needed = id === 'isSet' || id === 'isNotSet' ? ['true', 'false'] : ['true', 'false', 'wrong_type']
      expect([...answers].sort(), id).toEqual(needed.sort())
    }
  })

  test.each(ids.filter((id) => !/Set$/.test(id)))(
    '%s of a missing value is unknown, whichever side is missing',
    async (id) => {
      for (const missing of [undefined, null]) {
        expect(await ask(missing, id, 'a')).toBe('missing')
        const leaf = {
          fact: 'attribute',
          params: { name: 'x' },
          operator: id,
          value: { fact: 'attribute', params: { name: 'y' } },
        }
        const trace = await evaluateCondition(
          leaf,
          async ({ params }) => (params.name === 'x' ? 'a' : missing),
          now,
        )
        expect(trace).toMatchObject({ result: 'unknown', unknownBecause: 'missing', expected: null })
      }
    },
  )
})

test('facts that are always numbers, or always yes and no, have fewer operators', () => {
  expect(operatorsFor('any')).toEqual(Object.keys(operators))
  expect(operatorsFor('number')).not.toContain('startsWith')
  expect(operatorsFor('boolean')).toEqual(['equal', 'notEqual', 'isSet', 'isNotSet'])
})
