import { expect, it } from 'vitest'
import { formatters } from './use-format.ts'

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ')

it('shows an instant in the zone it is told', () => {
  const noon = '1997-01-03T12:00:00Z'
  expect(formatters('en', 'UTC').dateTime(noon)).toBe('3 Jan 1997, 12:00')
  expect(formatters('en', 'Asia/Tokyo').dateTime(noon)).toBe('3 Jan 1997, 21:00')
  expect(formatters('ru', 'Europe/Moscow').time(noon)).toBe('15:00')
})

it('says a size in whole units, with one decimal while there are few of them', () => {
  const { bytes } = formatters('en', undefined)
  expect([0, 900, 3_979, 228_327, 45_600_000].map(bytes).map(plain)).toEqual([
    '0 bytes',
    '900 bytes',
    '4 kB',
    '228 kB',
    '46 MB',
  ])
  expect(plain(formatters('ru', undefined).bytes(3_870))).toBe('3,9 кБ')
})

it('tells the year of a day in a list only when it is not this one', () => {
  const { dayTime } = formatters('en', 'UTC')
  const now = Date.parse('2026-11-22T11:00:00Z')
  expect(dayTime('2026-02-03T12:00:00Z', now)).toBe('3 Feb, 12:00')
  expect(dayTime('1997-02-03T12:00:00Z', now)).toBe('3 Feb 1997, 12:00')
})
