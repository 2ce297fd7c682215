import { pluralRu, type Text } from '@tropa/journey'

/** Writes instants in a zone, the same in both languages' customs. */
export function whenIn(timeZone: string): (at: number) => Text {
  const format = (locale: string) =>
    new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone })
  const en = format('en-GB')
  const ru = format('ru')
  return (at) => ({ en: en.format(at), ru: ru.format(at) })
}

const units = [
  { ms: 86_400_000, en: 'day', ru: ['день', 'дня', 'дней'] },
  { ms: 3_600_000, en: 'hour', ru: ['час', 'часа', 'часов'] },
  { ms: 60_000, en: 'minute', ru: ['минута', 'минуты', 'минут'] },
  { ms: 1_000, en: 'second', ru: ['секунда', 'секунды', 'секунд'] },
] as const

/** A length of time in its largest unit and, where it matters, the next: “30 days”, “2 hours 5 minutes”. */
export function lengthInWords(ms: number): Text {
  const seconds = Math.max(0, Math.round(ms / 1000)) * 1000
  const index = units.findIndex((unit) => seconds >= unit.ms)
  const unit = units[index]
  if (!unit) return { en: 'a moment', ru: 'мгновение' }
  const whole = Math.floor(seconds / unit.ms)
  const next = units[index + 1]
  const rest = next && whole < 10 ? Math.floor((seconds % unit.ms) / next.ms) : 0
  const words = [part(whole, unit), ...(next && rest > 0 ? [part(rest, next)] : [])]
  return { en: words.map(({ en }) => en).join(' '), ru: words.map(({ ru }) => ru).join(' ') }
}

function part(n: number, { en, ru: [one, few, many] }: (typeof units)[number]): Text {
  return { en: `${n} ${en}${n === 1 ? '' : 's'}`, ru: `${n} ${pluralRu(n, one, few, many)}` }
}
