import { expect, it } from 'vitest'
import { printProperties, printValue } from './print-value.ts'

it('writes numbers as the language does, neither rounded nor grouped', () => {
  expect(printValue(29.331, 'en')).toBe('29.331')
  expect(printValue(1234567.5, 'ru')).toBe('1234567,5')
  expect(printValue('29.33', 'ru'), 'a text stays as it is').toBe('29.33')
})

it('says yes and no in words', () => {
  expect([printValue(true, 'en'), printValue(false, 'ru')]).toEqual(['yes', 'нет'])
})

it('writes lists and groups out, and what lies deeper as JSON', () => {
  expect(printValue(['a', 1.5, true, null], 'ru')).toBe('a; 1,5; да; –')
  expect(printValue({ city: 'Omsk', zip: '644000' }, 'en')).toBe('city Omsk, zip 644000')
  expect(printValue({ home: { city: 'Omsk' } }, 'en')).toBe('{"home":{"city":"Omsk"}}')
  expect([printValue([], 'en'), printValue({}, 'en')]).toEqual(['[]', '{}'])
})

it('names the first few properties and counts the others', () => {
  expect(printProperties({ total: 2.5, a: 'x', b: true, c: 1, d: 2, e: 3 }, 'ru')).toBe(
    'total 2,5 · a x · b да · c 1 · +2',
  )
})
