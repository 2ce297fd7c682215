import { describe, expect, test } from 'vitest'
import { shiftToSee, showsEnough } from './keep-in-view.ts'

const window = { left: 0, top: 0, right: 1000, bottom: 600 }
const card = (left: number, top: number) => ({ left, top, right: left + 240, bottom: top + 72 })

describe('a card that is to be seen', () => {
  test('moves nothing while it is seen whole, however close to the rim', () => {
    expect(shiftToSee(card(0, 0), window)).toEqual({ x: 0, y: 0 })
    expect(shiftToSee(card(760, 528), window)).toEqual({ x: 0, y: 0 })
  })

  test('is brought in by the shortest way from where it sticks out', () => {
    expect(shiftToSee(card(800, 300), window)).toEqual({ x: -64, y: 0 })
    expect(shiftToSee(card(-30, 300), window)).toEqual({ x: 54, y: 0 })
    expect(shiftToSee(card(300, 580), window)).toEqual({ x: 0, y: -76 })
    expect(shiftToSee(card(2000, -500), window)).toEqual({ x: -1264, y: 524 })
  })

  test('shows its beginning where it does not fit', () => {
    expect(shiftToSee(card(100, 300), { ...window, right: 200 })).toEqual({ x: -76, y: 0 })
    expect(shiftToSee(card(10, 300), { ...window, right: 200 })).toEqual({ x: 0, y: 0 })
  })
})

test('a view shows enough with two cards seen whole, or with all of fewer', () => {
  const away = card(3000, 100)
  expect(showsEnough([card(0, 0), card(300, 0), away], window)).toBe(true)
  expect(showsEnough([card(0, 0), card(900, 0), away], window)).toBe(false)
  expect(showsEnough([card(0, 0)], window)).toBe(true)
  expect(showsEnough([away], window)).toBe(false)
})
