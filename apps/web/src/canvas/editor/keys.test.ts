import { expect, test } from 'vitest'
import { commandOf } from './keys.ts'

const press = (
  code: string,
  held: Partial<Record<'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey', boolean>> = {},
) => commandOf({ code, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...held })

test('letters are read by their place, so they work under a Cyrillic layout', () => {
  expect(press('KeyZ', { ctrlKey: true })).toBe('undo')
  expect(press('KeyZ', { metaKey: true, shiftKey: true })).toBe('redo')
  expect(press('KeyY', { ctrlKey: true })).toBe('redo')
  expect(press('KeyA')).toBe('add')
})

test('a copy is not a connect, and Alt belongs to the browser', () => {
  expect(press('KeyC', { ctrlKey: true })).toBe('copy')
  expect(press('KeyC')).toBe('connect')
  expect(press('KeyC', { altKey: true })).toBeUndefined()
})

test('the slash adds, the question mark helps', () => {
  expect(press('Slash')).toBe('add')
  expect(press('Slash', { shiftKey: true })).toBe('help')
})
