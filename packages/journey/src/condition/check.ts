import { durationSchema } from '../duration.ts'
import type { Text } from '../text.ts'
import { type ConditionScope, factById } from './facts.ts'
import { operatorById } from './operators.ts'
import { type Condition, isFactRef, isLeaf, type Leaf, leavesOf, membersOf } from './schema.ts'

/** Something in a condition that a member must mend before it can be published. */
export interface ConditionFault {
  code:
    | 'condition_incomplete'
    | 'condition_unknown_fact'
    | 'condition_unknown_operator'
    | 'condition_wrong_place'
    | 'condition_impossible'
  text: Text
}

/** Everything wrong with a condition in the place where it stands; an empty list means that it can be evaluated. */
export function checkCondition(condition: Condition, scope: ConditionScope): ConditionFault[] {
  const faults = leavesOf(condition).flatMap((leaf) => checkLeaf(leaf, scope))
  if (hasEmptyGroup(condition)) {
    faults.push({
      code: 'condition_incomplete',
      text: { en: 'A group of the condition is empty.', ru: 'Группа в условии пуста.' },
    })
  }
  return faults.length > 0 ? faults : impossibleRanges(condition)
}

function hasEmptyGroup(condition: Condition): boolean {
  if (isLeaf(condition)) return false
  const members = membersOf(condition)
  return members.length === 0 || members.some(hasEmptyGroup)
}

function checkLeaf(leaf: Leaf, scope: ConditionScope): ConditionFault[] {
  const references = isFactRef(leaf.value) ? [leaf, leaf.value] : [leaf]
  const faults = references.flatMap(({ fact, params }) => checkFact(fact, params, scope))
  const operator = operatorById(leaf.operator)
  if (!operator) {
    return [
      ...faults,
      {
        code: 'condition_unknown_operator',
        text: { en: `There is no comparison “${leaf.operator}”.`, ru: `Нет сравнения «${leaf.operator}».` },
      },
    ]
  }
  if (!isFactRef(leaf.value) && !operandFits(operator.operand, leaf.value)) {
    faults.push({
      code: 'condition_incomplete',
      text: {
        en: `“${operator.label.en}” has no value to compare with, or one of the wrong type.`,
        ru: `Для сравнения «${operator.label.ru}» нет значения или его тип не подходит.`,
      },
    })
  }
  return faults
}

function checkFact(id: string, params: Record<string, string>, scope: ConditionScope): ConditionFault[] {
  const fact = factById(id)
  if (!fact) {
    return [
      {
        code: 'condition_unknown_fact',
        text: { en: `There is no data called “${id}”.`, ru: `Нет данных «${id}».` },
      },
    ]
  }
  if (!fact.scopes.includes(scope)) {
    return [
      {
        code: 'condition_wrong_place',
        text: {
          en: `“${fact.label.en}” cannot be used here.`,
          ru: `«${fact.label.ru}» здесь использовать нельзя.`,
        },
      },
    ]
  }
  return fact.params
    .filter((param) => !('optional' in param) && !params[param.name]?.trim())
    .map(() => ({
      code: 'condition_incomplete' as const,
      text: { en: `“${fact.label.en}” is not chosen.`, ru: `Не выбрано: «${fact.label.ru}».` },
    }))
}

function operandFits(operand: string, value: unknown): boolean {
  if (operand === 'none') return true
  if (operand === 'number') return typeof value === 'number' && Number.isFinite(value)
  if (operand === 'range')
    return Array.isArray(value) && value.length === 2 && value.every((v) => typeof v === 'number')
  if (operand === 'list') return Array.isArray(value) && value.length > 0
  if (operand === 'duration') return durationSchema.safeParse(value).success
  if (operand === 'text') return typeof value === 'string' && value !== ''
  return (
    (typeof value === 'string' && value !== '') || typeof value === 'number' || typeof value === 'boolean'
  )
}

/** Numeric bounds on one fact inside one `all` that no number can meet. */
function impossibleRanges(condition: Condition): ConditionFault[] {
  if (isLeaf(condition)) return []
  const inner = membersOf(condition).flatMap(impossibleRanges)
  if (!('all' in condition)) return inner
  const bounds = new Map<string, { low: number; high: number; open: boolean }>()
  for (const leaf of condition.all.filter(isLeaf)) {
    const range = boundsOf(leaf)
    if (!range) continue
    const key = JSON.stringify([leaf.fact, Object.entries(leaf.params).sort()])
    const sofar = bounds.get(key) ?? { low: -Infinity, high: Infinity, open: false }
    bounds.set(key, {
      low: Math.max(sofar.low, range.low),
      high: Math.min(sofar.high, range.high),
      open: sofar.open || range.open,
    })
  }
  const contradicted = [...bounds.values()].some(
    ({ low, high, open }) => low > high || (open && low === high),
  )
  if (!contradicted) return inner
  const text = {
    en: 'This condition can never be true: its bounds contradict each other.',
    ru: 'Условие никогда не выполнится: границы противоречат друг другу.',
  }
  return [...inner, { code: 'condition_impossible', text }]
}

function boundsOf(leaf: Leaf): { low: number; high: number; open: boolean } | null {
  if (leaf.operator === 'between' && Array.isArray(leaf.value)) {
    const [low, high] = leaf.value as [number, number]
    return { low, high, open: false }
  }
  if (typeof leaf.value !== 'number') return null
  if (leaf.operator === 'equal') return { low: leaf.value, high: leaf.value, open: false }
  if (leaf.operator === 'greaterThan') return { low: leaf.value, high: Infinity, open: true }
  if (leaf.operator === 'greaterThanInclusive') return { low: leaf.value, high: Infinity, open: false }
  if (leaf.operator === 'lessThan') return { low: -Infinity, high: leaf.value, open: true }
  if (leaf.operator === 'lessThanInclusive') return { low: -Infinity, high: leaf.value, open: false }
  return null
}
