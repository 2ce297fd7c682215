import { expect, test } from 'vitest'
import {
  durationAfterPreposition,
  durationInWords,
  durationMs,
  lastInWords,
  parseDuration,
} from './duration.ts'

test.each([
  ['1s', 1000],
  ['90m', 5_400_000],
  ['24h', 86_400_000],
  ['30d', 2_592_000_000],
  ['2w', 1_209_600_000],
  ['99999w', 60_479_395_200_000],
])('%s is %d ms', (stored, ms) => {
  expect(durationMs(stored)).toBe(ms)
})

test.each(['', '0d', '01d', '1', 'd', '1.5d', '-1d', '100000d', '1y', '1d ', '1 d'])(
  '“%s” is no duration',
  (text) => {
    expect(() => parseDuration(text)).toThrow()
    expect(durationInWords(text)).toEqual({ en: text, ru: text })
  },
)

test('words follow the number and the case, in both languages', () => {
  const lines = ['1s', '2m', '5h', '1d', '11d', '21d', '22w', '1w'].map((stored) =>
    [durationInWords(stored), durationAfterPreposition(stored), lastInWords(stored)]
      .map(({ en, ru }) => `${en} / ${ru}`)
      .join(' | '),
  )
  expect(lines.join('\n')).toMatchInlineSnapshot(`
    "1 second / 1 секунда | 1 second / 1 секунду | the last second / последнюю секунду
    2 minutes / 2 минуты | 2 minutes / 2 минуты | the last 2 minutes / последние 2 минуты
    5 hours / 5 часов | 5 hours / 5 часов | the last 5 hours / последние 5 часов
    1 day / 1 день | 1 day / 1 день | the last day / последний день
    11 days / 11 дней | 11 days / 11 дней | the last 11 days / последние 11 дней
    21 days / 21 день | 21 days / 21 день | the last 21 days / последние 21 день
    22 weeks / 22 недели | 22 weeks / 22 недели | the last 22 weeks / последние 22 недели
    1 week / 1 неделя | 1 week / 1 неделю | the last week / последнюю неделю"
  `)
})
