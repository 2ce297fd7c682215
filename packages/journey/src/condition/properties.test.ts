import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { arbitraryCondition, arbitraryValue } from './arbitraries.ts'
import { checkCondition } from './check.ts'
import { combine, evaluateCondition, evaluateDirectly, type Truth } from './evaluate.ts'
import { implies, isAlwaysTrue, isImpossible } from './imply.ts'
import { type Condition, type FactRef, isFactRef, leavesOf } from './schema.ts'
import { conditionSentence } from './sentence.ts'

vi.setConfig({ testTimeout: 60_000 })

const runs = { numRuns: 400 }
const now = Date.UTC(2026, 0, 1)
const truth = fc.constantFrom<Truth>('true', 'false', 'unknown')

/** An evaluator that shares no code with the real one: plain recursion, Kleene's tables as minimum and maximum. */
function naive(condition: Condition, answer: (ref: FactRef) => unknown): Truth {
  const order: Truth[] = ['false', 'unknown', 'true']
  const rank = (member: Condition) => order.indexOf(naive(member, answer))
  if ('all' in condition) return order[Math.min(2, ...condition.all.map(rank))] as Truth
  if ('any' in condition) return order[Math.max(0, ...condition.any.map(rank))] as Truth
  if ('not' in condition) return order[2 - rank(condition.not)] as Truth
  const a = answer(condition) ?? undefined
  const b = isFactRef(condition.value) ? (answer(condition.value) ?? undefined) : condition.value
  const verdict = compare(condition.operator, a, b)
  return verdict === null ? 'unknown' : verdict ? 'true' : 'false'
}

const fold = (text: string) => text.toLowerCase().replaceAll('ё', 'е')
const lengths: Record<string, number> = { m: 60e3, h: 3600e3, d: 86400e3, w: 604800e3 }

function ageOf(a: unknown, b: unknown): { age: number; span: number } | null {
  const span = /^(\d+)([mhdw])$/.exec(String(b))
  const at =
    typeof a === 'number' ? a : typeof a === 'string' && /^\d{4}-/.test(a) ? Date.parse(a) : Number.NaN
  return span && typeof b === 'string' && !Number.isNaN(at)
    ? { age: now - at, span: Number(span[1]) * (lengths[span[2] as string] as number) }
    : null
}

function compare(operator: string, a: unknown, b: unknown): boolean | null {
  if (operator === 'isSet') return a !== undefined
  if (operator === 'isNotSet') return a === undefined
  if (a === undefined || b === undefined) return null
  const plain = (value: unknown) => typeof value !== 'object'
  if (operator === 'equal') return plain(a) && plain(b) ? a === b : null
  if (operator === 'notEqual') return plain(a) && plain(b) ? a !== b : null
  if (operator === 'in') return plain(a) && Array.isArray(b) ? b.includes(a) : null
  if (operator === 'notIn') return plain(a) && Array.isArray(b) ? !b.includes(a) : null
  if (operator === 'contains' || operator === 'doesNotContain') {
    const has = Array.isArray(a)
      ? a.includes(b)
      : typeof a === 'string' && typeof b === 'string'
        ? fold(a).includes(fold(b))
        : null
    return has === null ? null : has === (operator === 'contains')
  }
  if (operator === 'startsWith')
    return typeof a === 'string' && typeof b === 'string' ? fold(a).startsWith(fold(b)) : null
  if (operator === 'withinLast' || operator === 'longerAgoThan') {
    const found = ageOf(a, b)
    if (!found) return null
    return operator === 'withinLast' ? found.age >= 0 && found.age <= found.span : found.age > found.span
  }
  if (operator === 'between')
    return typeof a === 'number' &&
      Array.isArray(b) &&
      b.length === 2 &&
      b.every((x) => typeof x === 'number')
      ? a >= (b[0] as number) && a <= (b[1] as number)
      : null
  if (typeof a !== 'number' || typeof b !== 'number') return null
  return (
    { greaterThan: a > b, greaterThanInclusive: a >= b, lessThan: a < b, lessThanInclusive: a <= b }[
      operator
    ] ?? null
  )
}

/** Answers every fact from a fixed list of values, the same fact always with the same value. */
function answersFrom(values: unknown[]): (ref: FactRef) => unknown {
  const given = new Map<string, unknown>()
  return (ref) => {
    const key = JSON.stringify([ref.fact, Object.entries(ref.params).sort()])
    if (!given.has(key)) given.set(key, values[given.size % Math.max(1, values.length)])
    return given.get(key)
  }
}

const evaluated = async (condition: Condition, answer: (ref: FactRef) => unknown) =>
  (await evaluateCondition(condition, async (ref) => answer(ref), now)).result

const values = fc.array(arbitraryValue, { minLength: 1, maxLength: 6 })

test('json-rules-engine under our operators says the same as a naive evaluator', async () => {
  const seen: Record<Truth, number> = { true: 0, false: 0, unknown: 0 }
  await fc.assert(
    fc.asyncProperty(arbitraryCondition('wait_filter'), values, async (condition, given) => {
      const result = await evaluated(condition, answersFrom(given))
      seen[result] += 1
      expect(result).toBe(naive(condition, answersFrom(given)))
    }),
    { numRuns: 1000 },
  )
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(50)
})

test('the direct evaluator gives the same trace as the engine, byte for byte, and reads the same', async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryCondition('wait_filter'), values, async (condition, given) => {
      const paths = await Promise.all(
        [evaluateCondition, evaluateDirectly].map(async (evaluate) => {
          const answer = answersFrom(given)
          const asked: FactRef[] = []
          const trace = await evaluate(condition, async (ref) => asked.push(ref) && answer(ref), now)
          return JSON.stringify([trace, asked])
        }),
      )
      expect(paths[1]).toBe(paths[0])
    }),
    { numRuns: 1000 },
  )
})

test('combining is commutative, associative, and obeys De Morgan and double negation', () => {
  fc.assert(
    fc.property(
      fc.array(truth, { maxLength: 5 }),
      fc.array(truth, { maxLength: 5 }),
      truth,
      (left, right, one) => {
        const not = (value: Truth) => combine('not', [value])
        for (const [group, other] of [
          ['all', 'any'],
          ['any', 'all'],
        ] as const) {
          expect(combine(group, [...left, ...right])).toBe(combine(group, [...right, ...left]))
          expect(combine(group, [...left, ...right])).toBe(
            combine(group, [combine(group, left), combine(group, right)]),
          )
          expect(not(combine(group, left))).toBe(combine(other, left.map(not)))
          expect(combine(group, [one])).toBe(one)
        }
        expect(not(not(one))).toBe(one)
      },
    ),
    runs,
  )
})

test('learning a missing value never turns a known answer round', async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryCondition('node'), values, async (condition, given) => {
      const presence = ['isSet', 'isNotSet']
      fc.pre(leavesOf(condition).every(({ operator }) => !presence.includes(operator)))
      const blind = await evaluated(condition, (ref) =>
        ref.fact === 'attribute' ? undefined : answersFrom([1])(ref),
      )
      const answer = answersFrom(given)
      const knowing = await evaluated(condition, (ref) =>
        ref.fact === 'attribute' ? answer(ref) : answersFrom([1])(ref),
      )
      if (blind !== 'unknown') expect(knowing).toBe(blind)
    }),
    runs,
  )
})

/** Conditions over one or two facts and few values, so that two of them are often related. */
const narrow: fc.Arbitrary<Condition> = fc.letrec<{ tree: Condition; leaf: Condition; group: Condition }>(
  (tie) => {
    const number = fc.integer({ min: 0, max: 2 })
    const on = fc.constantFrom('entry', 'event').map((fact) => ({ fact, params: { property: 'total' } }))
    const operators = [
      'equal',
      'notEqual',
      'greaterThan',
      'greaterThanInclusive',
      'lessThan',
      'lessThanInclusive',
    ]
    return {
      leaf: fc.oneof(
        fc
          .tuple(on, fc.constantFrom(...operators), number)
          .map(([ref, operator, value]) => ({ ...ref, operator, value })),
        fc.tuple(on, number, number).map(([ref, a, b]) => ({ ...ref, operator: 'between', value: [a, b] })),
        fc.tuple(on, fc.constantFrom('isSet', 'isNotSet')).map(([ref, operator]) => ({ ...ref, operator })),
      ),
      group: fc.oneof(
        fc.array(tie('tree'), { minLength: 1, maxLength: 3 }).map((all) => ({ all })),
        fc.array(tie('tree'), { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
        tie('tree').map((not) => ({ not })),
      ),
      tree: fc.oneof({ maxDepth: 2 }, tie('leaf'), tie('group')),
    }
  },
).tree

/** Every pair of answers that could tell narrow conditions apart. */
const samples = [undefined, 'a', -1, 0, 0.5, 1, 1.5, 2, 3].flatMap((entry, _, all) =>
  all.map((event) => (ref: FactRef) => (ref.fact === 'entry' ? entry : event)),
)

/** What a condition says on every sample, as one text. */
const verdicts = (condition: Condition) => samples.map((answer) => naive(condition, answer))

test('what is proved impossible, always true or implied is so for every data', () => {
  const known = { fact: 'entry', params: { property: 'total' }, operator: 'isSet' }
  const given = fc.oneof(
    { weight: 5, arbitrary: narrow },
    {
      weight: 1,
      arbitrary: narrow.map((one): Condition => ({ any: [known, one, { ...known, operator: 'isNotSet' }] })),
    },
  )
  const proved = { impossible: 0, always: 0, implied: 0 }
  fc.assert(
    fc.property(given, given, (one, other) => {
      const [left, right] = [verdicts(one), verdicts(other)]
      if (isImpossible(one)) {
        proved.impossible += 1
        expect(left).not.toContain('true')
      }
      if (isAlwaysTrue(one)) {
        proved.always += 1
        expect(new Set(left)).toEqual(new Set(['true']))
      }
      if (implies(one, other)) {
        proved.implied += 1
        expect(left.filter((result, index) => result === 'true' && right[index] !== 'true')).toEqual([])
      }
    }),
    { numRuns: 2000 },
  )
  expect(Math.min(...Object.values(proved)), JSON.stringify(proved)).toBeGreaterThan(20)
})

test('conditions that differ on any data have different sentences', () => {
  const shared = new Map<string, Condition>()
  let met = 0
  fc.assert(
    fc.property(narrow, (condition) => {
      const { en, ru } = conditionSentence(condition)
      for (const sentence of [`en ${en}`, `ru ${ru}`]) {
        const other = shared.get(sentence)
        shared.set(sentence, condition)
        if (!other) continue
        met += 1
        expect(verdicts(condition), sentence).toEqual(verdicts(other))
      }
    }),
    { numRuns: 1500 },
  )
  expect(met).toBeGreaterThan(100)
})

test('the check of any data-shaped condition is total', () => {
  fc.assert(
    fc.property(arbitraryCondition('wait_filter'), (condition) => {
      expect(checkCondition(condition, 'wait_filter')).toEqual([])
      expect(Array.isArray(checkCondition(condition, 'entry_filter'))).toBe(true)
    }),
    runs,
  )
})
