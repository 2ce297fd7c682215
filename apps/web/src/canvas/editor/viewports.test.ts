import { expect, test } from 'vitest'
import { rememberedViewport, rememberViewport } from './viewports.ts'

function memory(): Storage {
  const items = new Map<string, string>()
  return {
    length: 0,
    clear: () => items.clear(),
    key: () => null,
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  }
}

const view = (x: number) => ({ x, y: 0, zoom: 1 })

test('each member finds a journey as they left it', () => {
  const storage = memory()
  rememberViewport(storage, 'anna', 'one', view(1))
  rememberViewport(storage, 'ben', 'one', view(2))
  rememberViewport(storage, 'anna', 'one', view(3))
  expect(rememberedViewport(storage, 'anna', 'one')).toEqual(view(3))
  expect(rememberedViewport(storage, 'ben', 'one')).toEqual(view(2))
  expect(rememberedViewport(storage, 'anna', 'two')).toBeUndefined()
})

test('the journeys looked at longest ago are forgotten first', () => {
  const storage = memory()
  for (let at = 0; at < 60; at += 1) rememberViewport(storage, 'anna', `journey ${at}`, view(at))
  expect(rememberedViewport(storage, 'anna', 'journey 9')).toBeUndefined()
  expect(rememberedViewport(storage, 'anna', 'journey 10')).toEqual(view(10))
})

test('what cannot be read is as good as nothing', () => {
  const storage = memory()
  storage.setItem('tropa.viewports.anna', '{"one":{"x":"left"}}')
  expect(rememberedViewport(storage, 'anna', 'one')).toBeUndefined()
  rememberViewport(storage, 'anna', 'one', view(4))
  expect(rememberedViewport(storage, 'anna', 'one')).toEqual(view(4))
})
