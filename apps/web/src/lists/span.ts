import type { Language } from '../i18n/setup.ts'
import { localeOf } from '../i18n/use-format.ts'

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const

/** What one day of a fast clock takes; below a second it is told to the hundredth, below ten to the tenth, “2.1 secs”. */
export function paceInWords(ms: number, language: Language): string {
  if (ms >= 10_000) return spanInWords(ms, language)
  return new Intl.NumberFormat(localeOf[language], {
    style: 'unit',
    unit: 'second',
    unitDisplay: 'short',
    maximumFractionDigits: ms < 1000 ? 2 : 1,
  }).format(ms / 1000)
}

/** A length of time in its two largest units, “2 days 3 hr” and «2 дн. 3 ч»; under a second it is 0 seconds. */
export function spanInWords(ms: number, language: Language): string {
  let left = Math.max(0, Math.round(ms / 1000) * 1000)
  const words: string[] = []
  for (const [unit, length] of units) {
    const count = Math.floor(left / length)
    if (count === 0 && (unit !== 'second' || words.length > 0)) {
      if (words.length > 0) break
      continue
    }
    left -= count * length
    words.push(
      new Intl.NumberFormat(localeOf[language], { style: 'unit', unit, unitDisplay: 'short' }).format(count),
    )
    if (words.length === 2) break
  }
  return words.join(' ')
}
