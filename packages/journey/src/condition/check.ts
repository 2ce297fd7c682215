import { durationSchema } from '../duration.ts'
import type { Text } from '../text.ts'
import { type ConditionScope, type FactDefinition, factById } from './facts.ts'
import { isImpossible } from './imply.ts'
import { type OperatorId, operatorById, operatorsFor } from './operators.ts'
import { type Condition, isFactRef, isLeaf, type Leaf, leavesOf, membersOf } from './schema.ts'

/** Something in a condition that a member must mend before it can be published. */
export interface ConditionFault {
  code:
    | 'condition_incomplete'
    | 'condition_unknown_fact'
    | 'condition_unknown_operator'
    | 'condition_wrong_place'
    | 'condition_wrong_param'
    | 'condition_wrong_type'
    | 'condition_impossible'
  text: Text
}

/** Everything wrong with a condition in the place where it stands; an empty list means that it can be evaluated. */
export function checkCondition(condition: Condition, scope: ConditionScope): ConditionFault[] {
  const faults = leavesOf(condition).flatMap((leaf) => checkLeaf(leaf, scope))
  if (hasEmptyGroup(condition)) {
    faults.push(incomplete({ en: 'a comparison is missing', ru: 'не хватает сравнения' }))
  }
  return faults.length > 0 || !isImpossible(condition) ? faults : [impossible]
}

function incomplete({ en, ru }: Text): ConditionFault {
  return {
    code: 'condition_incomplete',
    text: { en: `The condition is not complete: ${en}.`, ru: `Условие заполнено не до конца: ${ru}.` },
  }
}

const impossible: ConditionFault = {
  code: 'condition_impossible',
  text: {
    en: 'This condition can never be true: its parts contradict each other.',
    ru: 'Условие никогда не выполнится: его части противоречат друг другу.',
  },
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
    faults.push(
      incomplete({
        en: `“${operator.label.en}” has no value to compare with, or one of the wrong type`,
        ru: `для сравнения «${operator.label.ru}» нет значения или его тип не подходит`,
      }),
    )
  }
  return faults.length > 0 || typesMeet(leaf) ? faults : [wrongType(leaf)]
}

/** Whether a fact whose values are always numbers, or always yes and no, is compared as such. */
function typesMeet({ fact, operator, value }: Leaf): boolean {
  const kind = factById(fact)?.value ?? 'any'
  if (kind === 'any') return true
  if (!operatorsFor(kind).includes(operator as OperatorId)) return false
  if (value === undefined || isFactRef(value)) return true
  return [value].flat().every((one) => typeof one === kind)
}

function wrongType({ fact, operator }: Leaf): ConditionFault {
  const label = factById(fact)?.label ?? { en: fact, ru: fact }
  const comparison = operatorById(operator)?.label ?? { en: operator, ru: operator }
  return {
    code: 'condition_wrong_type',
    text: {
      en: `“${label.en}” cannot be compared by “${comparison.en}” with this value.`,
      ru: `«${label.ru}» нельзя сравнить с этим значением через «${comparison.ru}».`,
    },
  }
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
  const strays = Object.keys(params).filter((name) => !fact.params.some((param) => param.name === name))
  return [
    ...fact.params.flatMap((param) => checkParam(fact, param, params[param.name]?.trim() ?? '')),
    ...strays.map((name) => ({
      code: 'condition_wrong_param' as const,
      text: {
        en: `“${fact.label.en}” has no setting “${name}”.`,
        ru: `У данных «${fact.label.ru}» нет настройки «${name}».`,
      },
    })),
  ]
}

function checkParam(
  fact: FactDefinition,
  param: FactDefinition['params'][number],
  value: string,
): ConditionFault[] {
  if (value === '') {
    return param.optional
      ? []
      : [
          incomplete({
            en: `“${fact.label.en}” is not chosen`,
            ru: `не выбрано «${fact.label.ru}»`,
          }),
        ]
  }
  if (param.kind !== 'duration' || durationSchema.safeParse(value).success) return []
  return [
    {
      code: 'condition_wrong_param',
      text: {
        en: `“${value}” is not a length of time such as 30d.`,
        ru: `«${value}» — не длительность вроде 30d.`,
      },
    },
  ]
}

function operandFits(operand: string, value: unknown): boolean {
  if (operand === 'none') return true
  if (operand === 'number') return typeof value === 'number' && Number.isFinite(value)
  if (operand === 'range')
    return Array.isArray(value) && value.length === 2 && value.every((v) => Number.isFinite(v))
  if (operand === 'list') return Array.isArray(value) && value.length > 0
  if (operand === 'duration') return durationSchema.safeParse(value).success
  if (operand === 'text') return typeof value === 'string' && value !== ''
  return (
    (typeof value === 'string' && value !== '') || typeof value === 'number' || typeof value === 'boolean'
  )
}
