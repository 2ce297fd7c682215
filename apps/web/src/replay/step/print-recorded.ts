import { type Language, numberInWords, yesOrNo } from '@tropa/journey'

/** A recorded value as one line: text as it was, numbers and yes or no as the language has them, everything else as JSON. */
export function printRecorded(value: unknown, language: Language): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number') return numberInWords(value)[language]
  if (typeof value === 'boolean') return yesOrNo(value)[language]
  return value === undefined ? '' : JSON.stringify(value)
}

/** The properties of an event as “total 20.4 · quantity 5”, the first few of them. */
export function printRecordedProperties(
  properties: Record<string, unknown>,
  language: Language,
  most = 4,
): string {
  const entries = Object.entries(properties)
  const shown = entries.slice(0, most).map(([name, value]) => `${name} ${printRecorded(value, language)}`)
  return [...shown, ...(entries.length > most ? [`+${entries.length - most}`] : [])].join(' · ')
}
