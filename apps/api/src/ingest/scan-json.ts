import { Failure } from '../errors.ts'

const quote = 34
const backslash = 92

/** The index just after the string that opens at `from`. */
function endOfString(text: string, from: number): number {
  let at = from + 1
  for (;;) {
    const end = text.indexOf('"', at)
    if (end < 0) return text.length
    let slashes = 0
    while (text.charCodeAt(end - 1 - slashes) === backslash) slashes++
    if (slashes % 2 === 0) return end + 1
    at = end + 1
  }
}

function isKey(text: string, from: number): boolean {
  let at = from
  while (text.charCodeAt(at) <= 32) at++
  return text[at] === ':'
}

/** Whether an object anywhere in a valid JSON text names a key twice, which JSON.parse would silently resolve. */
export function hasDuplicateKeys(text: string): boolean {
  const open: (Set<string> | null)[] = []
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 123) open.push(new Set())
    else if (code === 91) open.push(null)
    else if (code === 125 || code === 93) open.pop()
    else if (code === quote) {
      const end = endOfString(text, at)
      const keys = open.at(-1)
      if (keys && isKey(text, end)) {
        const raw = text.slice(at + 1, end - 1)
        const key = raw.includes('\\') ? String(JSON.parse(`"${raw}"`)) : raw
        if (keys.has(key)) return true
        keys.add(key)
      }
      at = end - 1
    }
  }
  return false
}

/** Parses JSON in which every key means one thing; throws the failure to answer with otherwise. */
export function parseJson(text: string): unknown {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new Failure('malformed_body')
  }
  if (hasDuplicateKeys(text)) throw new Failure('duplicate_json_key')
  return value
}
