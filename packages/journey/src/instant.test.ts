import { expect, test } from 'vitest'
import { formatInstant, parseInstant } from './instant.ts'

test.each([
  ['2026-01-01', '2026-01-01T00:00:00.000Z'],
  ['2026-01-01T10:30', '2026-01-01T10:30:00.000Z'],
  ['2026-01-01 10:30:15', '2026-01-01T10:30:15.000Z'],
  ['2026-01-01T10:30:15.123456789Z', '2026-01-01T10:30:15.123Z'],
  ['2026-01-01T10:30+03:00', '2026-01-01T07:30:00.000Z'],
  ['2026-01-01T10:30-0330', '2026-01-01T14:00:00.000Z'],
  ['2024-02-29', '2024-02-29T00:00:00.000Z'],
  ['2000-02-29', '2000-02-29T00:00:00.000Z'],
  ['2026-12-31T24:00', '2027-01-01T00:00:00.000Z'],
  ['1997-01-18', '1997-01-18T00:00:00.000Z'],
])('%s is %s', (text, iso) => {
  expect(formatInstant(parseInstant(text) as number)).toBe(iso)
})

test.each([
  '2026-02-29',
  '1900-02-29',
  '2026-02-30',
  '2026-04-31T10:00',
  '2026-13-01',
  '2026-00-01',
  '2026-01-00',
  '2026-01-01T25:00',
  '2026-01-01T10:60',
  '2026-1-1',
  '20260101',
  '01.02.2026',
  'yesterday',
  '',
  '2026-01-01T10:00+99:00',
  ' 2026-01-01',
])('“%s” is no instant', (text) => expect(parseInstant(text)).toBeNull())

test('a finite number is already an instant; anything else is none', () => {
  expect(parseInstant(0)).toBe(0)
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, null, undefined, true, {}, ['2026-01-01']])
    expect(parseInstant(value)).toBeNull()
})
