import type { Breach } from '../breach.ts'

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
  forbidden: new Set(['__proto__', 'constructor', 'prototype']),
} as const

/** Why an item is not taken: a stable code and the place in the item. */
export interface Refusal {
  code: RefusalCode
  path: string
}

export type RefusalCode =
  | Breach['code']
  | 'not_an_object'
  | 'event_too_large'
  | 'shape_wrong'
  | 'type_unknown'
  | 'name_missing'
  | 'name_reserved'
  | 'customer_missing'
  | 'identifier_too_long'
  | 'message_id_too_long'
  | 'timestamp_wrong'
  | 'needs_secret_key'
