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

const words: Record<DurationUnit, { en: string; ru: [string, string, string] }> = {
  s: { en: 'second', ru: ['секунда', 'секунды', 'секунд'] },
  m: { en: 'minute', ru: ['минута', 'минуты', 'минут'] },
  h: { en: 'hour', ru: ['час', 'часа', 'часов'] },
  d: { en: 'day', ru: ['день', 'дня', 'дней'] },
  w: { en: 'week', ru: ['неделя', 'недели', 'недель'] },
}

/** A duration in words, `30 days` and `30 дней`; the stored text itself when it is not a duration. */
export function durationInWords(duration: string): Text {
  if (!durationSchema.safeParse(duration).success) return { en: duration, ru: duration }
  const { amount, unit } = parseDuration(duration)
  const { en, ru } = words[unit]
  return { en: `${amount} ${en}${amount === 1 ? '' : 's'}`, ru: `${amount} ${pluralRu(amount, ...ru)}` }
}
