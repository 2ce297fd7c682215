import { Engine } from 'json-rules-engine'
import { afterEach, expect, test, vi } from 'vitest'
import { combine, evaluateCondition, type Truth } from './evaluate.ts'
import type { Condition, FactRef, Leaf } from './schema.ts'

const now = Date.UTC(2026, 0, 1)
const leaf = (name: string, operator: string, value?: Leaf['value']): Leaf => ({
  fact: 'attribute',
  params: { name },
  operator,
  ...(value === undefined ? {} : { value }),
})
const truths: Record<Truth, Leaf> = {
  true: leaf('one', 'equal', 1),
  false: leaf('one', 'equal', 2),
  unknown: leaf('gone', 'equal', 1),
}
const read = async ({ params }: FactRef) => ({ one: 1, two: 2 })[params.name as string]

afterEach(() => {
  vi.restoreAllMocks()
})

const table: [Truth, Truth, Truth, Truth][] = [
  ['true', 'true', 'true', 'true'],
  ['true', 'false', 'false', 'true'],
  ['true', 'unknown', 'unknown', 'true'],
  ['false', 'false', 'false', 'false'],
  ['false', 'unknown', 'false', 'unknown'],
  ['unknown', 'unknown', 'unknown', 'unknown'],
]

test.each(table)('%s with %s: all is %s, any is %s', async (a, b, all, any) => {
  for (const [left, right] of [
    [a, b],
    [b, a],
  ] as const) {
    const members = [truths[left], truths[right]]
    expect((await evaluateCondition({ all: members }, read, now)).result).toBe(all)
    expect((await evaluateCondition({ any: members }, read, now)).result).toBe(any)
  }
})

test.each([
  ['true', 'false'],
  ['false', 'true'],
  ['unknown', 'unknown'],
] as const)('not %s is %s', async (given, result) => {
  expect((await evaluateCondition({ not: truths[given] }, read, now)).result).toBe(result)
  expect((await evaluateCondition({ not: { not: truths[given] } }, read, now)).result).toBe(given)
})

test('an empty all is true, an empty any is false, and not of nothing is unknown', () => {
  expect([combine('all', []), combine('any', []), combine('not', [])]).toEqual(['true', 'false', 'unknown'])
})

test('the trace is the tree of the condition with every value, in reading order', async () => {
  const condition: Condition = { any: [{ all: [truths.false, { not: truths.true }] }, truths.unknown] }
  const leafTrace = (one: Leaf, result: Truth) => ({
    type: 'leaf',
    leaf: one,
    result,
    actual: result === 'unknown' ? null : 1,
    expected: one.value,
    unknownBecause: result === 'unknown' ? 'missing' : null,
  })
  expect(await evaluateCondition(condition, read, now)).toEqual({
    type: 'any',
    result: 'unknown',
    members: [
      {
        type: 'all',
        result: 'false',
        members: [
          leafTrace(truths.false, 'false'),
          { type: 'not', result: 'false', members: [leafTrace(truths.true, 'true')] },
        ],
      },
      leafTrace(truths.unknown, 'unknown'),
    ],
  })
})

test('every distinct fact is read once, on both sides of a comparison', async () => {
  const asked: string[] = []
  const counting = (ref: FactRef) => {
    asked.push(`${ref.fact} ${JSON.stringify(ref.params)}`)
    return read(ref)
  }
  const condition: Condition = {
    all: [
      leaf('one', 'lessThan', { fact: 'attribute', params: { name: 'two' } }),
      leaf('two', 'greaterThan', { fact: 'attribute', params: { name: 'one' } }),
      { any: [leaf('one', 'isSet'), leaf('gone', 'isSet'), leaf('gone', 'equal', 1)] },
      { fact: 'event_count', params: { event: 'order', within: '1d' }, operator: 'isNotSet' },
      { fact: 'event_count', params: { within: '1d', event: 'order' }, operator: 'isNotSet' },
    ],
  }
  expect((await evaluateCondition(condition, counting, now)).result).toBe('true')
  expect(asked).toHaveLength(4)
  expect(new Set(asked).size).toBe(4)
})

test('json-rules-engine runs each comparison, once per evaluation', async () => {
  const run = vi.spyOn(Engine.prototype, 'run')
  const condition: Condition = { all: [truths.true, { any: [truths.false, truths.unknown] }] }
  await evaluateCondition(condition, read, now)
  expect(run).toHaveBeenCalledTimes(1)
  expect(Object.keys(run.mock.calls[0]?.[0] ?? {})).toEqual(['leaf0', 'leaf1', 'leaf2'])
  const { failureResults } = await (
    run.mock.results.map(({ value }) => value) as [ReturnType<Engine['run']>]
  )[0]
  const engineSaid = JSON.stringify(failureResults.map((result) => result.toJSON(false)))
  expect(engineSaid).toContain('"operator":"equal"')
})

test('without the engine there is no answer', async () => {
  vi.spyOn(Engine.prototype, 'run').mockRejectedValue(new Error('the engine is gone'))
  await expect(evaluateCondition(truths.true, read, now)).rejects.toThrow('the engine is gone')
})

test('an operator nobody declared is an error, not a silent no', async () => {
  await expect(evaluateCondition(leaf('one', 'toString', 1), read, now)).rejects.toThrow()
  await expect(evaluateCondition(leaf('one', 'resembles', 1), read, now)).rejects.toThrow()
})

test('one condition object serves many customers at the same time', async () => {
  const condition: Condition = { all: [leaf('n', 'greaterThan', 50), { not: leaf('n', 'equal', 77) }] }
  const results = await Promise.all(
    Array.from({ length: 200 }, (_, n) => evaluateCondition(condition, async () => n, now)),
  )
  expect(results.map(({ result }) => result)).toEqual(
    Array.from({ length: 200 }, (_, n) => (n > 50 && n !== 77 ? 'true' : 'false')),
  )
})

test('values that look like instructions are only values', async () => {
  const odd: Condition = {
    any: [
      leaf('one', 'equal', { fact: 'attribute', params: { name: '$.constructor' } }),
      leaf('__proto__', 'isSet'),
    ],
  }
  expect((await evaluateCondition(odd, async () => ({ fact: 'leaf0', path: '$.x' }), now)).result).toBe(
    'true',
  )
})
