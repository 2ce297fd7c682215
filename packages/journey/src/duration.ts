import { z } from 'zod'
import { pluralRu, type Text } from './text.ts'

const unitMs = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const

export type DurationUnit = keyof typeof unitMs

/** The units a duration may have, smallest first. A day is always 24 hours. */
export const durationUnits = Object.keys(unitMs) as DurationUnit[]

/** A length of time as stored: a whole number and a unit, such as `30d` or `90m`; at most 5 digits. */
export const durationSchema = z.string().regex(/^[1-9]\d{0,4}[smhdw]$/)

/** Splits a stored duration into amount and unit; throws on anything `durationSchema` refuses. */
export function parseDuration(duration: string): { amount: number; unit: DurationUnit } {
  const stored = durationSchema.parse(duration)
  return { amount: Number(stored.slice(0, -1)), unit: stored.slice(-1) as DurationUnit }
}

/** The length of a stored duration in milliseconds. */
export function durationMs(duration: string): number {
  const { amount, unit } = parseDuration(duration)
  return amount * unitMs[unit]
}

interface UnitWords {
  en: string
  ru: [one: string, few: string, many: string]
  /** The Russian accusative of one, and “the last” that goes with it. */
  accusative: string
  last: string
}

const words: Record<DurationUnit, UnitWords> = {
  s: { en: 'second', ru: ['секунда', 'секунды', 'секунд'], accusative: 'секунду', last: 'последнюю' },
  m: { en: 'minute', ru: ['минута', 'минуты', 'минут'], accusative: 'минуту', last: 'последнюю' },
  h: { en: 'hour', ru: ['час', 'часа', 'часов'], accusative: 'час', last: 'последний' },
  d: { en: 'day', ru: ['день', 'дня', 'дней'], accusative: 'день', last: 'последний' },
  w: { en: 'week', ru: ['неделя', 'недели', 'недель'], accusative: 'неделю', last: 'последнюю' },
}

/** A duration in words, `30 days` and `30 дней`; the stored text itself when it is not a duration. */
export function durationInWords(duration: string): Text {
  if (!durationSchema.safeParse(duration).success) return { en: duration, ru: duration }
  const { amount, unit } = parseDuration(duration)
  const { en, ru } = words[unit]
  return { en: `${amount} ${en}${amount === 1 ? '' : 's'}`, ru: `${amount} ${pluralRu(amount, ...ru)}` }
}

/** A duration after a preposition: `30 days` and, in the accusative, `30 дней`, `1 неделю`. */
export function durationAfterPreposition(duration: string): Text {
  if (!durationSchema.safeParse(duration).success) return { en: duration, ru: duration }
  const { amount, unit } = parseDuration(duration)
  const [, few, many] = words[unit].ru
  return {
    en: durationInWords(duration).en,
    ru: `${amount} ${pluralRu(amount, words[unit].accusative, few, many)}`,
  }
}

/** A window that ends now: `the last 30 days` and `последние 30 дней`; `the last week` and `последнюю неделю`. */
export function lastInWords(duration: string): Text {
  const span = durationAfterPreposition(duration)
  if (durationSchema.safeParse(duration).success && parseDuration(duration).amount === 1) {
    const { en, accusative, last } = words[parseDuration(duration).unit]
    return { en: `the last ${en}`, ru: `${last} ${accusative}` }
  }
  return { en: `the last ${span.en}`, ru: `последние ${span.ru}` }
}
