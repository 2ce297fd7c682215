import type { AnyKind } from '@tropa/journey'

const storageKey = 'tropa.kind-use'

function counts(): Record<string, number> {
  try {
    return JSON.parse(localStorage.getItem(storageKey) ?? '{}') as Record<string, number>
  } catch {
    return {}
  }
}

/** Remembers that a kind was added, so that lists can offer it sooner. */
export function rememberUse(kind: string): void {
  const known = counts()
  localStorage.setItem(storageKey, JSON.stringify({ ...known, [kind]: (known[kind] ?? 0) + 1 }))
}

/** Kinds in the order a list offers them: the eight most used first, then the rest as in the palette. */
export function byUse(kinds: readonly AnyKind[]): AnyKind[] {
  const known = counts()
  const used = kinds.filter(({ kind }) => (known[kind] ?? 0) > 0)
  const first = used.sort((a, b) => (known[b.kind] ?? 0) - (known[a.kind] ?? 0)).slice(0, 8)
  return [...first, ...kinds.filter((kind) => !first.includes(kind))]
}
