import { expect, test } from 'vitest'
import { named, numberInWords, pluralRu, quoted } from './text.ts'

test.each([
  [0, 'дней'],
  [1, 'день'],
  [2, 'дня'],
  [4, 'дня'],
  [5, 'дней'],
  [11, 'дней'],
  [12, 'дней'],
  [14, 'дней'],
  [21, 'день'],
  [22, 'дня'],
  [111, 'дней'],
  [1001, 'день'],
  [-1, 'день'],
  [1.5, 'дня'],
])('%d %s', (count, word) => {
  expect(pluralRu(count, 'день', 'дня', 'дней')).toBe(word)
})

test.each([
  [20.4, '20.4', '20,4'],
  [1997, '1997', '1997'],
  [69_659, '69,659', '69\u00a0659'],
  [-1_234_567.05, '-1,234,567.05', '-1\u00a0234\u00a0567,05'],
  [1e21, '1e+21', '1e+21'],
])('the number %d is written %s and %s', (value, en, ru) => {
  expect(numberInWords(value)).toEqual({ en, ru })
})

test('plain words stand bare, others in quotes, and a quote inside is escaped', () => {
  expect(named('total')).toEqual({ en: 'total', ru: 'total' })
  expect(named('сумма_1').ru).toBe('сумма_1')
  expect(named('is over 5')).toEqual({ en: '“is over 5”', ru: '«is over 5»' })
  expect(named('')).toEqual({ en: '…', ru: '…' })
  expect(quoted('a” and “b')).toEqual({ en: '“a\\” and “b”', ru: '«a” and “b»' })
  expect(quoted('a» и «b').ru).toBe('«a\\» и «b»')
})
