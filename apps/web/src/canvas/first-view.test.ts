import { describe, expect, test } from 'vitest'
import { firstView } from './first-view.ts'

const free = { left: 32, top: 32, right: 48, bottom: 136 }
const wide = { width: 1216, height: 854, free }
const phone = { width: 390, height: 690, free: { ...free, bottom: 72 } }
const card = (column: number, top = 0) => ({
  left: column * 328,
  top,
  right: column * 328 + 240,
  bottom: top + 166,
})
const row = (columns: number) => Array.from({ length: columns }, (_, column) => card(column))

describe('the first view of a graph', () => {
  test('shows it whole while its words can be read', () => {
    const cards = row(4)
    const { x, y, zoom } = firstView(cards, card(0), wide)
    expect(zoom).toBeGreaterThanOrEqual(0.75)
    expect(x).toBeCloseTo(free.left)
    expect(x + 1224 * zoom).toBeCloseTo(1216 - free.right)
    expect(y + 83 * zoom).toBeCloseTo((free.top + 854 - free.bottom) / 2)
  })

  test('is never larger than life', () => {
    expect(firstView(row(1), card(0), wide).zoom).toBe(1)
  })

  test.each([
    ['a wide window', wide, 9],
    ['a phone', phone, 4],
  ])('begins at the entry, large enough to read, in %s', (_, frame, columns) => {
    const { x, zoom } = firstView(row(columns), card(0), frame)
    expect(zoom).toBe(0.8)
    expect(x).toBe(frame.free.left)
  })

  test('keeps the entry of a high graph in sight, without a gap above or below', () => {
    const cards = [card(0, 2000), card(1, 0), card(1, 4000)]
    const { y, zoom } = firstView(cards, card(0, 2000), wide)
    expect(y + 2083 * zoom).toBeCloseTo((free.top + 854 - free.bottom) / 2)
    expect(firstView(cards, card(1, 0), wide).y).toBe(free.top)
    expect(firstView(cards, card(1, 4000), wide).y).toBeCloseTo(854 - free.bottom - 4166 * zoom)
  })
})
