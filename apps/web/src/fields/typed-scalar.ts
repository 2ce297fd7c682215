export type Scalar = string | number | boolean

/** A number as it is typed, also with the point or comma after which nothing stands yet; else `null`. */
export function asNumber(text: string): number | null {
  const trimmed = text.trim().replace(',', '.')
  return /^-?\d+(\.\d*)?$/.test(trimmed) ? Number(trimmed) : null
}

/**
 * What typing makes of a value: a number typed into an empty field becomes a number and stays one while it can be read
 * as one; what is text stays text. `undefined` when a number was cleared.
 */
export function typedScalar(typed: string, before: unknown): Scalar | undefined {
  const number = asNumber(typed)
  if (before === undefined || before === '' || before === '-') return number ?? typed
  if (typeof before === 'number') return number ?? (typed === '' ? undefined : typed)
  return typed
}

/** What the field shows: what was typed for as long as it says the value, so that “1.” can become “1.5”. */
export function shownScalar(typed: string, value: unknown): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'number' && asNumber(typed) === value ? typed : String(value)
}
