/** A config value that should be a list, or an empty list while it is not one. */
export function listOf<T>(value: unknown): T[] {
  return Array.isArray(value) ? (value as T[]) : []
}

/** A list with one item replaced. */
export function replaceAt<T>(list: readonly T[], index: number, item: T): T[] {
  return list.map((one, at) => (at === index ? item : one))
}

/** A list with one item moved by a step; at the ends nothing changes. */
export function moveBy<T>(list: readonly T[], index: number, step: 1 | -1): T[] {
  const to = index + step
  const item = list[index]
  const other = list[to]
  if (item === undefined || other === undefined) return [...list]
  return list.map((one, at) => (at === index ? other : at === to ? item : one))
}

/** An output id that a list does not use yet: a, b, c … then output_27 and on. */
export function freeOutputId(taken: readonly string[]): string {
  for (let code = 97; code <= 122; code += 1) {
    const id = String.fromCharCode(code)
    if (!taken.includes(id)) return id
  }
  let number = taken.length + 1
  while (taken.includes(`output_${number}`)) number += 1
  return `output_${number}`
}
