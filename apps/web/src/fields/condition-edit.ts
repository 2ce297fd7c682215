import {
  type Condition,
  type ConditionScope,
  isLeaf,
  type Leaf,
  membersOf,
  type OperatorId,
  operatorById,
  operators,
} from '@tropa/journey'

type Group = { all: Condition[] } | { any: Condition[] }

/** A condition as a group: a single comparison or a negation becomes a group of one. */
export function asGroup(condition: Condition): Group {
  return isLeaf(condition) || 'not' in condition ? { all: [condition] } : condition
}

/** Whether all or any of a group's members must hold. */
export function groupMode(group: Condition): 'all' | 'any' {
  return 'any' in group ? 'any' : 'all'
}

/** The same group with other members. */
export function withMembers(group: Condition, members: Condition[]): Condition {
  return groupMode(group) === 'any' ? { any: members } : { all: members }
}

/** The same members, of which now all or any must hold. */
export function withMode(group: Condition, mode: 'all' | 'any'): Condition {
  return mode === 'any' ? { any: membersOf(group) } : { all: membersOf(group) }
}

/** A comparison to begin with: the property of the event that is nearest at hand. */
export function freshLeaf(scope: ConditionScope): Leaf {
  return { fact: scope === 'node' ? 'entry' : 'event', params: {}, operator: 'greaterThan' }
}

/** The operators that make sense for what a fact holds. */
export function operatorsFor(value: 'any' | 'number' | 'boolean'): OperatorId[] {
  const ids = Object.keys(operators) as OperatorId[]
  if (value === 'any') return ids
  return ids.filter((id) => {
    const { operand } = operators[id]
    if (value === 'boolean') return id === 'equal' || operand === 'none'
    return operand === 'number' || operand === 'range' || id === 'equal' || id === 'notEqual'
  })
}

/** A comparison with another operator; the value stays when the new operator can use it. */
export function withOperator(leaf: Leaf, operator: string): Leaf {
  const before = operatorById(leaf.operator)?.operand
  const after = operatorById(operator)?.operand
  const { value, ...rest } = leaf
  if (after === 'none') return { ...rest, operator }
  const keeps =
    before === after ||
    (after === 'number' && typeof value === 'number') ||
    (after === 'same' && !Array.isArray(value))
  return keeps && value !== undefined ? { ...rest, operator, value } : { ...rest, operator }
}
