import { checkCondition, conditionSentence, type Leaf } from '@tropa/journey'
import { expect, test } from 'vitest'
import { asGroup, freshLeaf, operatorsFor, withMembers, withMode, withOperator } from './condition-edit.ts'
import { freeOutputId, moveBy } from './list-value.ts'

const over50: Leaf = { fact: 'entry', params: { property: 'total' }, operator: 'greaterThan', value: 50 }

test('a single comparison becomes a group of one that says the same', () => {
  expect(conditionSentence(asGroup(over50))).toEqual(conditionSentence(over50))
})

test('all turned into any keeps the comparisons', () => {
  const group = withMembers(asGroup(over50), [over50, { ...over50, value: 70 }])
  expect(withMode(group, 'any')).toEqual({ any: [over50, { ...over50, value: 70 }] })
})

test('a value stays when the new comparison can use it, and goes when it cannot', () => {
  expect(withOperator(over50, 'lessThan')).toEqual({ ...over50, operator: 'lessThan' })
  expect(withOperator(over50, 'equal')).toEqual({ ...over50, operator: 'equal' })
  expect(withOperator(over50, 'in')).not.toHaveProperty('value')
  expect(withOperator(over50, 'isSet')).not.toHaveProperty('value')
})

test.each(['entry_filter', 'wait_filter', 'node'] as const)(
  'a fresh comparison belongs in a %s and asks to be filled in',
  (scope) => {
    const codes = checkCondition(freshLeaf(scope), scope).map(({ code }) => code)
    expect(new Set(codes)).toEqual(new Set(['condition_incomplete']))
  },
)

test('facts that hold numbers or yes/no offer only comparisons that fit', () => {
  expect(operatorsFor('number')).not.toContain('contains')
  expect(operatorsFor('boolean')).toEqual(['equal', 'isSet', 'isNotSet'])
})

test('ids of new outputs are free and outputs move by one place', () => {
  expect(freeOutputId(['a', 'b', 'd'])).toBe('c')
  expect(moveBy(['a', 'b', 'c'], 1, -1)).toEqual(['b', 'a', 'c'])
  expect(moveBy(['a', 'b', 'c'], 0, -1)).toEqual(['a', 'b', 'c'])
})
