import { named, type Text, yesOrNo } from '../text.ts'
import type { ConditionTrace, LeafTrace } from './evaluate.ts'
import { factSubject } from './facts.ts'
import { operatorById, printOperand } from './operators.ts'
import { type Condition, isFactRef, isLeaf, type Leaf, membersOf } from './schema.ts'

/** A condition as one sentence without its full stop, “total is over 50 and city is “Tula””. */
export function conditionSentence(given: Condition): Text {
  const condition = unwrapped(given)
  if (isLeaf(condition)) return leafSentence(condition)
  if ('not' in condition) {
    const inner = conditionSentence(condition.not)
    return { en: `not (${inner.en})`, ru: `неверно, что (${inner.ru})` }
  }
  const members = 'all' in condition ? condition.all : condition.any
  if (members.length === 0)
    return 'all' in condition ? { en: 'always', ru: 'всегда' } : { en: 'never', ru: 'никогда' }
  const joint = 'all' in condition ? { en: ' and ', ru: ' и ' } : { en: ' or ', ru: ' или ' }
  const parts = members.map(bracketed)
  return { en: parts.map((p) => p.en).join(joint.en), ru: parts.map((p) => p.ru).join(joint.ru) }
}

/** A group of one says what its only member says. */
function unwrapped(condition: Condition): Condition {
  const group = 'all' in condition ? condition.all : 'any' in condition ? condition.any : []
  const [only] = group
  return group.length === 1 && only ? unwrapped(only) : condition
}

function bracketed(given: Condition): Text {
  const member = unwrapped(given)
  const sentence = conditionSentence(member)
  const isGroup = !isLeaf(member) && !('not' in member) && membersOf(member).length > 0
  return isGroup ? { en: `(${sentence.en})`, ru: `(${sentence.ru})` } : sentence
}

/** One comparison as words, “total is over 50” and “total больше 50”. */
export function leafSentence(leaf: Leaf): Text {
  const subject = factSubject(leaf)
  const operator = operatorById(leaf.operator)
  if (!operator) return { en: `${subject.en} ${leaf.operator}`, ru: `${subject.ru} ${leaf.operator}` }
  if (leaf.fact === 'consent' && leaf.operator === 'equal' && typeof leaf.value === 'boolean') {
    const channel = named(leaf.params.channel ?? '')
    return leaf.value
      ? { en: `is subscribed to ${channel.en}`, ru: `есть подписка на ${channel.ru}` }
      : { en: `is not subscribed to ${channel.en}`, ru: `нет подписки на ${channel.ru}` }
  }
  if (leaf.fact === 'event_count' && leaf.operator === 'equal' && leaf.value === 0) {
    return { en: subject.en.replace(/^number of/, 'no'), ru: `нет ${subject.ru}` }
  }
  const predicate = operator.words(operandOf(leaf), leaf.value)
  return { en: `${subject.en} ${predicate.en}`, ru: `${subject.ru} ${predicate.ru}` }
}

function operandOf(leaf: Leaf): Text {
  if (isFactRef(leaf.value)) {
    const other = factSubject(leaf.value)
    return leaf.value.fact === 'entry'
      ? { en: `the entry event’s ${other.en}`, ru: `${other.ru} события входа` }
      : other
  }
  return printOperand(leaf.value, operatorById(leaf.operator)?.operand ?? 'same')
}

const verdicts: Record<LeafTrace['result'], Text> = {
  true: yesOrNo(true),
  false: yesOrNo(false),
  unknown: { en: 'cannot be known', ru: 'неизвестно' },
}

/** What one comparison found, “total was 77, over 50: yes” and “total: 77, больше 50 — да”. */
export function leafTraceSentence(trace: LeafTrace): Text {
  const subject = factSubject(trace.leaf)
  const operator = operatorById(trace.leaf.operator)
  const value = isFactRef(trace.leaf.value) ? trace.expected : trace.leaf.value
  const operand = printOperand(value, operator?.operand ?? 'same')
  const short = operator?.short(operand, value) ?? { en: trace.leaf.operator, ru: trace.leaf.operator }
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
