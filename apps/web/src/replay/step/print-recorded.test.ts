import { expect, test } from 'vitest'
import { printRecorded, printRecordedProperties } from './print-recorded.ts'

test.each([
  [20.4, '20.4', '20,4'],
  [69_659, '69,659', '69\u00a0659'],
  ['20.4', '20.4', '20.4'],
  [true, 'yes', 'да'],
  [false, 'no', 'нет'],
  ['true', 'true', 'true'],
  [['a', 1], '["a",1]', '["a",1]'],
  [undefined, '', ''],
])('%j is printed %s and %s', (value, en, ru) => {
  expect([printRecorded(value, 'en'), printRecorded(value, 'ru')]).toEqual([en, ru])
})

test('the first properties of an event, and how many more there are', () => {
  expect(printRecordedProperties({ total: 20.4, a: 1, b: 2, c: 3, d: 4 }, 'ru')).toBe(
    'total 20,4 · a 1 · b 2 · c 3 · +1',
  )
})
