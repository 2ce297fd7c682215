import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'

/**
 * Canonical JSON: keys sorted, no spaces, `undefined` members left out (the data-only subset of RFC 8785).
 * Equal values give equal texts, whatever order their keys were written in.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`
  if (value !== null && typeof value === 'object') {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`)
    return `{${members.join(',')}}`
  }
  return JSON.stringify(value ?? null)
}

/** SHA-256 of a text, in lower-case hex. */
export function sha256Hex(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)))
}

/** SHA-256 of a value's canonical JSON, in lower-case hex. */
export function hashOf(value: unknown): string {
  return sha256Hex(canonicalJson(value))
}

/** A number in [0, 1) that depends only on its parts: the first 48 bits of their SHA-256. */
export function bucketOf(...parts: string[]): number {
  return Number.parseInt(sha256Hex(parts.join('\u0000')).slice(0, 12), 16) / 2 ** 48
}
