import { expect, it } from 'vitest'
import { lengthInWords, whenIn } from './when.ts'

it.each([
  [0, 'a moment', 'мгновение'],
  [1_000, '1 second', '1 секунда'],
  [3_725_000, '1 hour 2 minutes', '1 час 2 минуты'],
  [30 * 86_400_000, '30 days', '30 дней'],
  [2 * 86_400_000 + 5 * 3_600_000, '2 days 5 hours', '2 дня 5 часов'],
])('%d ms is %s', (ms, en, ru) => {
  expect(lengthInWords(ms)).toEqual({ en, ru })
})

it('writes instants in the zone, across a change of its clocks', () => {
  const when = whenIn('Europe/Berlin')
  expect(when(Date.UTC(2026, 2, 28, 23, 30)).en).toBe('29 Mar 2026, 00:30')
  expect(when(Date.UTC(2026, 2, 29, 1, 30)).en).toBe('29 Mar 2026, 03:30')
})
