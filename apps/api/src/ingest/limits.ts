import { isStorable } from '../storable.ts'

/** What one request and one event may measure, after inflation; bytes of UTF-8, and 8 KB strings in characters. */
export const limits = {
  eventBytes: 32 * 1024,
  bodyBytes: 500 * 1024,
  batchItems: 500,
  inflation: 20,
  depth: 10,
  keys: 255,
  stringLength: 8 * 1024,
  messageIdLength: 128,
  identifierLength: 256,
  nameLength: 200,
} as const

const forbidden = new Set(['__proto__', 'constructor', 'prototype'])

/** Why an item is not taken: a stable code and the place in the item. */
export interface Refusal {
  code: RefusalCode
  path: string
}

export type RefusalCode =
  | 'not_an_object'
  | 'event_too_large'
  | 'too_deep'
  | 'too_many_keys'
  | 'string_too_long'
  | 'text_not_storable'
  | 'forbidden_key'
  | 'number_too_large'
  | 'shape_wrong'
  | 'type_unknown'
  | 'name_missing'
  | 'name_reserved'
  | 'customer_missing'
  | 'identifier_too_long'
  | 'message_id_too_long'
  | 'timestamp_wrong'
  | 'needs_secret_key'

function checkText(text: string, path: string): Refusal | null {
  if (text.length > limits.stringLength) return { code: 'string_too_long', path }
  if (!isStorable(text)) return { code: 'text_not_storable', path }
  return null
}

/** The first thing in a parsed JSON value that breaks a limit. The value itself is depth 1. */
export function findBreach(value: unknown, path = '', depth = 1): Refusal | null {
  if (typeof value === 'string') return checkText(value, path)
  if (typeof value === 'number') return Number.isFinite(value) ? null : { code: 'number_too_large', path }
  if (typeof value !== 'object' || value === null) return null
  if (depth > limits.depth) return { code: 'too_deep', path }
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      const found = findBreach(value[index], `${path}.${index}`, depth + 1)
      if (found) return found
    }
    return null
  }
  const keys = Object.keys(value)
  if (keys.length > limits.keys) return { code: 'too_many_keys', path }
  for (const key of keys) {
    const at = path ? `${path}.${key}` : key
    if (forbidden.has(key)) return { code: 'forbidden_key', path: at.slice(0, 200) }
    const found = checkText(key, path) ?? findBreach((value as Record<string, unknown>)[key], at, depth + 1)
    if (found) return found
  }
  return null
}
