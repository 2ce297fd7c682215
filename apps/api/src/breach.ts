/** What Postgres cannot keep in a text: NUL and halves of characters. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: NUL is what it looks for
const unstorable = /\u0000|\p{Surrogate}/u

/** What a JSON value may measure and which names it may not hold; the value itself is depth 1. */
export interface JsonLimits {
  depth: number
  keys: number
  stringLength: number
  forbidden: ReadonlySet<string>
}

type BreachCode =
  | 'too_deep'
  | 'too_many_keys'
  | 'string_too_long'
  | 'text_not_storable'
  | 'forbidden_key'
  | 'number_too_large'

/** A thing in a JSON value that cannot be taken, and the place of it. */
export interface Breach {
  code: BreachCode
  path: string
}

const longestPath = 200

/** The first thing in a parsed JSON value that cannot be kept or breaks a limit. */
export function findBreach(value: unknown, limits: JsonLimits, path = '', depth = 1): Breach | null {
  if (typeof value === 'string') return checkText(value, limits, path)
  if (typeof value === 'number') return Number.isFinite(value) ? null : { code: 'number_too_large', path }
  if (typeof value !== 'object' || value === null) return null
  if (depth > limits.depth) return { code: 'too_deep', path }
  const at = (place: string | number) => (path === '' ? `${place}` : `${path}.${place}`)
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      const found = findBreach(value[index], limits, at(index), depth + 1)
      if (found) return found
    }
    return null
  }
  const keys = Object.keys(value)
  if (keys.length > limits.keys) return { code: 'too_many_keys', path }
  for (const key of keys) {
    const inside = at(key)
    if (limits.forbidden.has(key)) return { code: 'forbidden_key', path: inside.slice(0, longestPath) }
    const found =
      checkText(key, limits, path) ??
      findBreach((value as Record<string, unknown>)[key], limits, inside, depth + 1)
    if (found) return found
  }
  return null
}

function checkText(text: string, { stringLength }: JsonLimits, path: string): Breach | null {
  if (text.length > stringLength) return { code: 'string_too_long', path }
  return unstorable.test(text) ? { code: 'text_not_storable', path } : null
}
