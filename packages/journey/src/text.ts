/** A sentence or label in both interface languages. */
export interface Text {
  en: string
  ru: string
}

/** The interface languages; every `Text` has exactly these. */
export const languages = ['en', 'ru'] as const

export type Language = (typeof languages)[number]

/** A text in each language's quotes; a closing quote inside is escaped, so that different texts never look alike. */
export function quoted(text: string): Text {
  return { en: `“${text.replace(/[\\”]/g, '\\$&')}”`, ru: `«${text.replace(/[\\»]/g, '\\$&')}»` }
}

/** A name inside a sentence: bare when it is one plain word, else in quotes; a gap when there is none yet. */
export function named(name: string): Text {
  if (name === '') return { en: '…', ru: '…' }
  return /^[\p{L}_][\p{L}\p{N}_.-]*$/u.test(name) ? { en: name, ru: name } : quoted(name)
}

/**
 * A number as each language writes it, with all its digits: “12,345.6” and «12 345,6» with spaces that do not break.
 * Four digits, which may be a year, stay together.
 */
export function numberInWords(value: number): Text {
  const [, sign = '', whole = '', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(String(value)) ?? []
  if (whole === '') return { en: String(value), ru: String(value).replace('.', ',') }
  const grouped = (by: string) => (whole.length > 4 ? whole.replace(/\B(?=(\d{3})+$)/g, by) : whole)
  return {
    en: `${sign}${grouped(',')}${fraction && `.${fraction}`}`,
    ru: `${sign}${grouped('\u00a0')}${fraction && `,${fraction}`}`,
  }
}

/** A truth value as people say it. */
export function yesOrNo(value: boolean): Text {
  return value ? { en: 'yes', ru: 'да' } : { en: 'no', ru: 'нет' }
}

/** The Russian plural form of a whole number: `plural(2, 'день', 'дня', 'дней')` is `'дня'` (CLDR rules for ru). */
export function pluralRu(count: number, one: string, few: string, many: string): string {
  const n = Math.abs(count)
  if (!Number.isInteger(n)) return few
  const tens = n % 100
  const units = n % 10
  if (units === 1 && tens !== 11) return one
  if (units >= 2 && units <= 4 && (tens < 12 || tens > 14)) return few
  return many
}
