import { expect, test } from 'vitest'
import type { Numbers } from './editor-store.ts'
import { onlyCounted } from './numbers.ts'

test('a node or output that nobody reached has no numbers, whatever its id', () => {
  const counts = { entered: 2, waiting: 0, movedOn: 2, ended: 0, failed: 0, removed: 0, outputs: { yes: 2 } }
  const numbers: Numbers = onlyCounted({ size: counts })
  expect(numbers.size).toMatchObject({ entered: 2, outputs: { yes: 2 } })
  expect(numbers.constructor).toBeUndefined()
  expect(numbers.size?.outputs.toString).toBeUndefined()
})
