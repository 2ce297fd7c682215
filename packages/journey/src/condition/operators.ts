import {
  durationAfterPreposition,
  durationInWords,
  durationMs,
  durationSchema,
  lastInWords,
} from '../duration.ts'
import { parseInstant } from '../instant.ts'
import { numberInWords, quoted, type Text, yesOrNo } from '../text.ts'

/** What an operator compares with; the condition editor picks its widget by it. */
export type OperandKind = 'none' | 'same' | 'number' | 'text' | 'list' | 'range' | 'duration' | 'boolean'

interface OperatorDefinition {
  label: Text
  operand: OperandKind
  /** Whether a present value has the type this operator can compare; otherwise the comparison is unknown. */
  fits: (actual: unknown, expected: unknown) => boolean
  /** The comparison itself; called only when both sides are present and fit. `now` is epoch milliseconds. */
  holds: (actual: unknown, expected: unknown, now: number) => boolean
  /** The predicate in words around an already printed operand; `value` is what was printed. */
  words: (operand: Text, value?: unknown) => Text
  /** The short form of a trace, “over 50”. */
  short: (operand: Text, value?: unknown) => Text
}

const bothScalar = (a: unknown, b: unknown) => scalar(a) && scalar(b)
const scalar = (value: unknown) => ['string', 'number', 'boolean'].includes(typeof value)
const bothNumbers = (a: unknown, b: unknown) => typeof a === 'number' && typeof b === 'number'
const bothStrings = (a: unknown, b: unknown) => typeof a === 'string' && typeof b === 'string'
const fold = (text: unknown) => String(text).toLocaleLowerCase('ru').replaceAll('ё', 'е')
const instantAndDuration = (a: unknown, b: unknown) =>
  parseInstant(a) !== null && durationSchema.safeParse(b).success

function phrase(en: string, ru: string, shortEn = en.replace(/^is /, ''), shortRu = ru) {
  const fill = (template: string, operand: string) => template.split('{}').join(operand)
  return {
    words: (operand: Text) => ({ en: fill(en, operand.en), ru: fill(ru, operand.ru) }),
    short: (operand: Text) => ({ en: fill(shortEn, operand.en), ru: fill(shortRu, operand.ru) }),
  }
}

function within(operand: Text, value: unknown, en: string): Text {
  const window = typeof value === 'string' ? lastInWords(value) : operand
  return { en: `${en} ${window.en}`, ru: `за ${window.ru}` }
}

function before(operand: Text, value: unknown, en: string): Text {
  const span = typeof value === 'string' ? durationAfterPreposition(value) : operand
  return { en: `${en} ${span.en}`, ru: `раньше, чем ${span.ru} назад` }
}

function comparing(
  labelEn: string,
  labelRu: string,
  holds: (a: number, b: number) => boolean,
): OperatorDefinition {
  return {
    label: { en: labelEn, ru: labelRu },
    operand: 'number',
    fits: bothNumbers,
    holds: (a, b) => holds(a as number, b as number),
    ...phrase(`is ${labelEn} {}`, `${labelRu} {}`),
  }
}

/** Every operator a condition may use, in the order the editor shows them. Names follow json-rules-engine where it has one. */
export const operators = {
  equal: {
    label: { en: 'is', ru: 'равно' },
    operand: 'same',
    fits: bothScalar,
    holds: (a, b) => a === b,
    words: (operand, value) => ({
      en: `is ${operand.en}`,
      ru: typeof value === 'number' ? `равно ${operand.ru}` : `— ${operand.ru}`,
    }),
    short: (operand, value) =>
      typeof value === 'boolean'
        ? { en: `should be ${operand.en}`, ru: `нужно «${operand.ru}»` }
        : { en: `equal to ${operand.en}`, ru: `равно ${operand.ru}` },
  },
  notEqual: {
    label: { en: 'is not', ru: 'не равно' },
    operand: 'same',
    fits: bothScalar,
    holds: (a, b) => a !== b,
    words: (operand, value) => ({
      en: `is not ${operand.en}`,
      ru: typeof value === 'number' ? `не равно ${operand.ru}` : `— не ${operand.ru}`,
    }),
    short: (operand, value) =>
      typeof value === 'boolean'
        ? { en: `should not be ${operand.en}`, ru: `не нужно «${operand.ru}»` }
        : { en: `not ${operand.en}`, ru: `не равно ${operand.ru}` },
  },
  greaterThan: comparing('over', 'больше', (a, b) => a > b),
  greaterThanInclusive: comparing('at least', 'не меньше', (a, b) => a >= b),
  lessThan: comparing('under', 'меньше', (a, b) => a < b),
  lessThanInclusive: comparing('at most', 'не больше', (a, b) => a <= b),
  between: {
    label: { en: 'between', ru: 'от и до' },
    operand: 'range',
    fits: (a, b) => typeof a === 'number' && Array.isArray(b) && b.length === 2 && bothNumbers(b[0], b[1]),
    holds: (a, b) =>
      (a as number) >= (b as [number, number])[0] && (a as number) <= (b as [number, number])[1],
    ...phrase('is between {}', 'от {}'),
  },
  contains: {
    label: { en: 'contains', ru: 'содержит' },
    operand: 'text',
    fits: (a, b) => Array.isArray(a) || bothStrings(a, b),
    holds: (a, b) => (Array.isArray(a) ? a.includes(b) : fold(a).includes(fold(b))),
    ...phrase('contains {}', 'содержит {}'),
  },
  doesNotContain: {
    label: { en: 'does not contain', ru: 'не содержит' },
    operand: 'text',
    fits: (a, b) => Array.isArray(a) || bothStrings(a, b),
    holds: (a, b) => !(Array.isArray(a) ? a.includes(b) : fold(a).includes(fold(b))),
    ...phrase('does not contain {}', 'не содержит {}'),
  },
  startsWith: {
    label: { en: 'starts with', ru: 'начинается с' },
    operand: 'text',
    fits: bothStrings,
    holds: (a, b) => fold(a).startsWith(fold(b)),
    ...phrase('starts with {}', 'начинается с {}'),
  },
  in: {
    label: { en: 'is one of', ru: 'одно из' },
    operand: 'list',
    fits: (a, b) => scalar(a) && Array.isArray(b),
    holds: (a, b) => (b as unknown[]).includes(a),
    ...phrase('is one of {}', 'входит в список {}'),
  },
  notIn: {
    label: { en: 'is none of', ru: 'ни одно из' },
    operand: 'list',
    fits: (a, b) => scalar(a) && Array.isArray(b),
    holds: (a, b) => !(b as unknown[]).includes(a),
    ...phrase('is none of {}', 'не входит в список {}'),
  },
  withinLast: {
    label: { en: 'within the last', ru: 'за последние' },
    operand: 'duration',
    fits: instantAndDuration,
    holds: (a, b, now) => {
      const age = now - (parseInstant(a) ?? Number.NaN)
      return age >= 0 && age <= durationMs(b as string)
    },
    words: (operand, value) => within(operand, value, 'is within'),
    short: (operand, value) => within(operand, value, 'within'),
  },
  longerAgoThan: {
    label: { en: 'longer ago than', ru: 'раньше, чем' },
    operand: 'duration',
    fits: instantAndDuration,
    holds: (a, b, now) => now - (parseInstant(a) ?? Number.NaN) > durationMs(b as string),
    words: (operand, value) => before(operand, value, 'is longer ago than'),
    short: (operand, value) => before(operand, value, 'longer ago than'),
  },
  isSet: {
    label: { en: 'is known', ru: 'известно' },
    operand: 'none',
    fits: () => true,
    holds: (a) => a !== undefined && a !== null,
    ...phrase('is known', '— есть данные', 'known', 'есть данные'),
  },
  isNotSet: {
    label: { en: 'is not known', ru: 'неизвестно' },
    operand: 'none',
    fits: () => true,
    holds: (a) => a === undefined || a === null,
    ...phrase('is not known', '— нет данных', 'not known', 'нет данных'),
  },
} as const satisfies Record<string, OperatorDefinition>

export type OperatorId = keyof typeof operators

/** The definition of an operator by its stored name, or `undefined` for a name nobody declared. */
export function operatorById(id: string): OperatorDefinition | undefined {
  return Object.hasOwn(operators, id) ? operators[id as OperatorId] : undefined
}

const operandsFor: Record<'any' | 'number' | 'boolean', readonly OperandKind[] | null> = {
  any: null,
  number: ['none', 'same', 'number', 'range', 'list'],
  boolean: ['none', 'same'],
}

/** The operators that make sense for a fact whose values are of a kind, in the order the editor shows them. */
export function operatorsFor(value: 'any' | 'number' | 'boolean'): OperatorId[] {
  const ids = Object.keys(operators) as OperatorId[]
  return ids.filter((id) => operandsFor[value]?.includes(operators[id].operand) ?? true)
}

/** Whether an operator answers also when the value is missing. */
export function asksPresence(id: string): boolean {
  return id === 'isSet' || id === 'isNotSet'
}

/** A value as a sentence shows it: texts in the language's quotes, numbers in groups of three, lists with commas, durations in words. */
export function printOperand(value: unknown, operand: OperandKind): Text {
  if (operand === 'duration' && typeof value === 'string') return durationInWords(value)
  if (Array.isArray(value)) {
    const parts = value.map((item) => printOperand(item, 'same'))
    const joint = operand === 'range' ? { en: ' and ', ru: ' до ' } : { en: ', ', ru: ', ' }
    return { en: parts.map((p) => p.en).join(joint.en), ru: parts.map((p) => p.ru).join(joint.ru) }
  }
  if (typeof value === 'string') return quoted(value)
  if (typeof value === 'boolean') return yesOrNo(value)
  if (typeof value === 'number') return numberInWords(value)
  return value === null || value === undefined
    ? { en: '…', ru: '…' }
    : { en: JSON.stringify(value), ru: JSON.stringify(value) }
}
