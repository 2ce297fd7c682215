import { expect, test } from 'vitest'
import { tookInWords } from './start.ts'

test.each([
  [4_400, '4 s'],
  [59_700, '1 min 0 s'],
  [125_000, '2 min 5 s'],
])('a start of %d ms took %s', (ms, words) => {
  expect(tookInWords(ms)).toBe(words)
})
