import { expect, test } from 'vitest'
import { pathFit, pathShape } from './path-fit.ts'

const card = (x: number, y: number) => ({ position: { x, y }, width: 240, height: 146 })
const low = { width: 860, height: 244 }

test('a path is shown whole rather than cut, wide or high, while its cards have words', () => {
  expect(pathFit([card(0, 0), card(4 * 328, 0)], low).minZoom).toBeCloseTo(812 / 1552)
  expect(pathFit([card(0, 0), card(328, 0), card(656, 250)], low).minZoom).toBeCloseTo(172 / 396)
  expect(pathFit([card(0, 0), card(5 * 328, 0)], low).minZoom).toBeCloseTo(812 / 1880)
})

test('a path too long for that is followed at ease, a long and high one a little smaller', () => {
  expect(pathFit([card(0, 0), card(2000, 0)], low).minZoom).toBe(0.8)
  expect(pathFit([card(0, 0), card(2000, 200)], low).minZoom).toBe(0.62)
})

test('its canvas is as high as the path needs beside its width, with the free space around', () => {
  expect(pathShape([card(0, 0), card(656, 200)])).toBe('944 / 418')
  expect(pathShape([])).toBe('auto')
})

test('on a phone a path is followed at a size that can be read', () => {
  expect(pathFit([card(0, 0), card(656, 0)], { width: 390, height: 288 }).minZoom).toBe(0.62)
})
