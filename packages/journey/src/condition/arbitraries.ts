import fc from 'fast-check'
import { checkCondition } from './check.ts'
import type { ConditionScope } from './facts.ts'
import type { Condition, FactRef, Leaf } from './schema.ts'

/** Few names of properties and attributes, so that what is asked and what is there often meet; some are names every object inherits. */
export const names = ['total', 'city', 'vip', 'constructor', 'since'] as const
/** Names of random events. */
export const eventNames = ['order', 'visit', 'toString'] as const
/** A value of a property or attribute; `undefined` stands for a missing one. */
export const arbitraryValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.constantFrom('a', 'B', 'ab', '', 'Ёж', '5'),
  fc.boolean(),
  fc.constantFrom(undefined, null),
  fc.constantFrom('2025-12-30', '2026-01-01T00:00:00Z', 'yesterday'),
  fc.array(fc.constantFrom('a', 'b'), { maxLength: 2 }),
)

/** A short length of time. */
export const arbitraryDuration = fc
  .tuple(fc.integer({ min: 1, max: 40 }), fc.constantFrom('m', 'h', 'd', 'w'))
  .map(([amount, unit]) => `${amount}${unit}`)

/** A fact that may be asked about where a condition stands. */
export function arbitraryFact(scope: ConditionScope): fc.Arbitrary<FactRef> {
  const property = fc.constantFrom(...names)
  const ofEvent = property.map((name) => ({ fact: 'event', params: { property: name } }))
  const ofEntry = property.map((name) => ({ fact: 'entry', params: { property: name } }))
  const within = fc.option(arbitraryDuration, { nil: undefined })
  const event = fc.constantFrom(...eventNames)
  return fc.oneof<fc.Arbitrary<FactRef>[]>(
    scope === 'node' ? ofEntry : ofEvent,
    scope === 'entry_filter' ? ofEvent : ofEntry,
    property.map((name) => ({ fact: 'attribute', params: { name } })),
    fc.constant({ fact: 'consent', params: { channel: 'email' } }),
    fc
      .tuple(event, within)
      .map(([name, span]) => ({ fact: 'event_count', params: params({ event: name, within: span }) })),
    fc.tuple(event, property, within).map(([name, one, span]) => ({
      fact: 'event_sum',
      params: params({ event: name, property: one, within: span }),
    })),
  )
}

function params(given: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(given).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}

const number = fc.integer({ min: -3, max: 3 })
const comparands: [string[], fc.Arbitrary<Leaf['value']>][] = [
  [['equal', 'notEqual'], fc.oneof(number, fc.constantFrom('a', 'B', '5'), fc.boolean())],
  [['greaterThan', 'greaterThanInclusive', 'lessThan', 'lessThanInclusive'], number],
  [['between'], fc.tuple(number, number).map(([a, b]) => [Math.min(a, b), Math.max(a, b)])],
  [['contains', 'doesNotContain', 'startsWith'], fc.constantFrom('a', 'еж', 'B')],
  [['in', 'notIn'], fc.array(fc.oneof(number, fc.constantFrom('a', 'B')), { minLength: 1, maxLength: 3 })],
  [['withinLast', 'longerAgoThan'], arbitraryDuration],
  [['isSet', 'isNotSet'], fc.constant(undefined)],
]

/** A complete comparison, against a value or now and then against another fact. */
export function arbitraryLeaf(scope: ConditionScope): fc.Arbitrary<Leaf> {
  const fact = arbitraryFact(scope)
  return fc.constantFrom(...comparands).chain(([operators, comparand]) =>
    fc
      .tuple(
        fact,
        fc.constantFrom(...operators),
        fc.oneof({ weight: 5, arbitrary: comparand }, { weight: 1, arbitrary: fact }),
      )
      .map(([ref, operator, value]) => ({
        ...ref,
        operator,
        ...(value === undefined || operator === 'isSet' || operator === 'isNotSet' ? {} : { value }),
      })),
  )
}

/** A condition that can be published where it stands: complete, not contradictory, at most four deep. */
export function arbitraryCondition(scope: ConditionScope): fc.Arbitrary<Condition> {
  const { tree } = fc.letrec<{ tree: Condition; group: Condition; leaf: Condition }>((tie) => ({
    leaf: arbitraryLeaf(scope),
    group: fc.oneof(
      fc.array(tie('tree'), { minLength: 1, maxLength: 3 }).map((all) => ({ all })),
      fc.array(tie('tree'), { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
      tie('tree').map((not) => ({ not })),
    ),
    tree: fc.oneof({ maxDepth: 3, depthIdentifier: 'condition' }, tie('leaf'), tie('group')),
  }))
  return tree.filter((condition) => checkCondition(condition, scope).length === 0)
}
