/**
 * Epoch milliseconds of a date or date-time text (ISO 8601; a text without a zone is UTC), or `null`.
 * The only place in the grammar that reads dates; there is no clock here.
 */
export function parseInstant(value: unknown): number | null {
  if (typeof value === 'number' && Number.isFinite(value)) return value
  if (typeof value !== 'string') return null
  const match =
    /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(Z|[+-]\d{2}:?\d{2})?)?$/.exec(value)
  if (!match) return null
  const [, day, time = '00:00', zone = 'Z'] = match
  if (!isCalendarDay(day as string)) return null
  const instant = Date.parse(`${day}T${time}${zone}`)
  return Number.isNaN(instant) ? null : instant
}

/** V8 reads 30 February as 2 March; here it is no date. */
function isCalendarDay(day: string): boolean {
  const midnight = Date.parse(`${day}T00:00Z`)
  return !Number.isNaN(midnight) && new Date(midnight).toISOString().slice(0, 10) === day
}

/** ISO 8601 text, in UTC, of an instant in epoch milliseconds. */
export function formatInstant(instant: number): string {
  return new Date(instant).toISOString()
}
