import type { Language } from '../i18n/setup.ts'

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const

const tags = { en: 'en-GB', ru: 'ru-RU' } as const

/** A length of time in its two largest units, “2 days 3 hr” and «2 дн. 3 ч»; under a second it is 0 seconds. */
export function spanInWords(ms: number, language: Language, parts = 2): string {
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
      new Intl.NumberFormat(tags[language], { style: 'unit', unit, unitDisplay: 'short' }).format(count),
    )
    if (words.length === parts) break
  }
  return words.join(' ')
}
