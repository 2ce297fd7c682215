import type { Numbers } from './editor-store.ts'

/** Numbers in which only what was counted is found: no node or output takes what every object inherits for its own. */
export function onlyCounted(numbers: Numbers): Numbers {
  const counted: Numbers = Object.create(null)
  for (const [node, one] of Object.entries(numbers))
    counted[node] = { ...one, outputs: Object.assign(Object.create(null), one.outputs) }
  return counted
}
