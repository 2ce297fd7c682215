import { expect, test } from 'vitest'
import { pathFit } from './path-fit.ts'

const card = (x: number, y: number) => ({ position: { x, y }, width: 240, height: 146 })
const low = { width: 860, height: 244 }

test('a path that fits is never smaller than its words can be read', () => {
  expect(pathFit([card(0, 0), card(328, 0)], low).minZoom).toBe(0.62)
})

test('a path higher than a low canvas is shown whole rather than cut', () => {
  const { minZoom } = pathFit([card(0, 0), card(328, 0), card(656, 260)], low)
  expect(minZoom * (260 + 146)).toBeLessThan(low.height)
})

test('a long path is followed at ease, a long and high one a little smaller', () => {
  expect(pathFit([card(0, 0), card(2000, 0)], low).minZoom).toBe(0.8)
  expect(pathFit([card(0, 0), card(2000, 200)], low).minZoom).toBe(0.62)
})
