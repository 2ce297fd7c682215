import type { Text } from '../text.ts'
import type { ConditionTrace, LeafTrace } from './evaluate.ts'
import { factSubject } from './facts.ts'
import { operatorById, printOperand } from './operators.ts'
import { type Condition, isFactRef, isLeaf, type Leaf } from './schema.ts'

/** A condition as one sentence without its full stop, “total is over 50 and city is “Tula””. */
export function conditionSentence(condition: Condition): Text {
  if (isLeaf(condition)) return leafSentence(condition)
  if ('not' in condition) {
    const inner = conditionSentence(condition.not)
    return { en: `not (${inner.en})`, ru: `неверно, что (${inner.ru})` }
  }
  const members = 'all' in condition ? condition.all : condition.any
  if (members.length === 0)
    return 'all' in condition ? { en: 'always', ru: 'всегда' } : { en: 'never', ru: 'никогда' }
  const joint = 'all' in condition ? { en: ' and ', ru: ' и ' } : { en: ' or ', ru: ' или ' }
  const parts = members.map((member) => bracketed(member, members.length > 1))
  return { en: parts.map((p) => p.en).join(joint.en), ru: parts.map((p) => p.ru).join(joint.ru) }
}

function bracketed(member: Condition, amongOthers: boolean): Text {
  const sentence = conditionSentence(member)
  const group = 'all' in member ? member.all : 'any' in member ? member.any : []
  return amongOthers && group.length > 1 ? { en: `(${sentence.en})`, ru: `(${sentence.ru})` } : sentence
}

/** One comparison as words, “total is over 50” and “total больше 50”. */
export function leafSentence(leaf: Leaf): Text {
  const subject = factSubject(leaf)
  const operator = operatorById(leaf.operator)
  if (!operator) return { en: `${subject.en} ${leaf.operator}`, ru: `${subject.ru} ${leaf.operator}` }
  if (leaf.fact === 'consent' && leaf.operator === 'equal' && typeof leaf.value === 'boolean') {
    const given = leaf.value ? { en: 'is given', ru: 'дано' } : { en: 'is not given', ru: 'не дано' }
    return { en: `${subject.en} ${given.en}`, ru: `${subject.ru} ${given.ru}` }
  }
  const predicate = operator.words(operandOf(leaf))
  return { en: `${subject.en} ${predicate.en}`, ru: `${subject.ru} ${predicate.ru}` }
}

function operandOf(leaf: Leaf): Text {
  if (isFactRef(leaf.value)) {
    const other = factSubject(leaf.value)
    const whose =
      leaf.value.fact === 'entry' ? { en: ' of the entry event', ru: ' события входа' } : { en: '', ru: '' }
    return { en: `${other.en}${whose.en}`, ru: `${other.ru}${whose.ru}` }
  }
  return printOperand(leaf.value, operatorById(leaf.operator)?.operand ?? 'same')
}

const verdicts: Record<LeafTrace['result'], Text> = {
  true: { en: 'yes', ru: 'да' },
  false: { en: 'no', ru: 'нет' },
  unknown: { en: 'cannot be known', ru: 'неизвестно' },
}

/** What one comparison found, “total was 77, over 50: yes” and “total: 77, больше 50 — да”. */
export function leafTraceSentence(trace: LeafTrace): Text {
  const subject = factSubject(trace.leaf)
  const operand = isFactRef(trace.leaf.value)
    ? printOperand(trace.expected, 'same')
    : printOperand(trace.leaf.value, operatorById(trace.leaf.operator)?.operand ?? 'same')
  const short = operatorById(trace.leaf.operator)?.short(operand) ?? {
    en: trace.leaf.operator,
    ru: trace.leaf.operator,
  }
  const verdict = verdicts[trace.result]
  if (trace.actual === null) {
    return {
      en: `${subject.en} was not known, ${short.en}: ${verdict.en}`,
      ru: `${subject.ru}: нет данных, ${short.ru} — ${verdict.ru}`,
    }
  }
  const actual = printOperand(trace.actual, 'same')
  const type =
    trace.unknownBecause === 'wrong_type'
      ? { en: ' (of a type that cannot be compared)', ru: ' (тип нельзя сравнить)' }
      : { en: '', ru: '' }
  return {
    en: `${subject.en} was ${actual.en}${type.en}, ${short.en}: ${verdict.en}`,
    ru: `${subject.ru}: ${actual.ru}${type.ru}, ${short.ru} — ${verdict.ru}`,
  }
}

/** Every comparison of a trace as a sentence, in reading order. */
export function traceSentences(trace: ConditionTrace): Text[] {
  return trace.type === 'leaf' ? [leafTraceSentence(trace)] : trace.members.flatMap(traceSentences)
}
