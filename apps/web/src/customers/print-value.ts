import { yesOrNo } from '@tropa/journey'
import type { Language } from '../i18n/setup.ts'

const isFlat = (value: unknown): boolean => typeof value !== 'object' || value === null

/** A list as its values (in Russian a comma is a number's own), a group as its names and values; deeper ones as JSON, whose brackets then say what is what. */
function printComposite(value: object, language: Language): string {
  const entries = Object.entries(value)
  if (entries.length === 0 || !entries.every(([, one]) => isFlat(one))) return JSON.stringify(value)
  return entries
    .map(([name, one]) => `${Array.isArray(value) ? '' : `${name} `}${printValue(one, language)}`)
    .join(language === 'ru' ? '; ' : ', ')
}

/** A stored value as one line: text as it is, numbers and yes or no as the language has them. */
export function printValue(value: unknown, language: Language): string {
  if (typeof value === 'string') return value
  // Neither rounded nor grouped: it may be a code or an exact sum.
  if (typeof value === 'number' && language === 'ru') return String(value).replace('.', ',')
  if (typeof value === 'boolean') return yesOrNo(value)[language]
  if (value === undefined) return ''
  return value === null ? '–' : printComposite(value as object, language)
}

/** Properties as “total 77 · quantity 5”, the first few of them. */
export function printProperties(properties: Record<string, unknown>, language: Language, most = 4): string {
  const entries = Object.entries(properties)
  const shown = entries.slice(0, most).map(([name, value]) => `${name} ${printValue(value, language)}`)
  return [...shown, ...(entries.length > most ? [`+${entries.length - most}`] : [])].join(' · ')
}
