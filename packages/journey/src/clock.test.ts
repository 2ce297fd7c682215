import { expect, test } from 'vitest'
import { realAt, virtualAt } from './clock.ts'

const clock = { realStart: 1_000_000, virtualStart: 50_000_000, scale: 86_400 }

test('a second shows a day at a scale of 86,400', () => {
  expect(virtualAt(clock, 1_001_000)).toBe(50_000_000 + 86_400_000)
  expect(realAt(clock, 50_000_000 + 86_400_000)).toBe(1_001_000)
})

test('nothing due at a virtual instant is early: when its real instant comes, the clock shows at least that instant', () => {
  for (const scale of [1, 3, 7.5, 86_400, 1e6]) {
    for (let virtual = 50_000_000; virtual < 50_000_500; virtual += 1) {
      expect(virtualAt({ ...clock, scale }, realAt({ ...clock, scale }, virtual))).toBeGreaterThanOrEqual(
        virtual,
      )
    }
  }
})
