import { expect, test } from 'vitest'
import { type Mapping, mappingShape } from './format.ts'
import { mapRow, readNumber, type Writing } from './map-row.ts'
import { readMoment } from './moment.ts'

const base = mappingShape.parse({
  event: { name: 'order' },
  customer: { column: 0, identifier: 'external_id' },
  time: { column: 1, zone: 'Europe/Moscow' },
  properties: [{ column: 2, name: 'total', type: 'number' }],
})

function writing(separator: Writing['separator'] = ',', samples: string[] = []): Writing {
  const columns = [0, 1, 2].map((index) => ({ index, name: `${index + 1}`, samples, guess: 'text' as const }))
  return { separator, columns }
}

function map(cells: string[], mapping: Partial<Mapping> = {}, as = writing()) {
  return mapRow({ byte: 0, line: 9, cells, tooLong: false }, { ...base, ...mapping }, as)
}

test('a row becomes an event', () => {
  expect(map(['0004', '19970101', '29.33'])).toEqual({
    ok: true,
    row: {
      line: 9,
      customer: { type: 'external_id', value: '0004' },
      email: null,
      event: 'order',
      at: Date.UTC(1997, 0, 1, 9),
      hasClock: false,
      properties: { total: 29.33 },
      attributes: {},
      messageId: null,
    },
  })
})

test('a made-up address is made of the customer', () => {
  const mapped = map(['Ann 7', '19970101', '1'], { emailAddress: { pattern: '{external_id}@example.test' } })
  expect(mapped.ok && mapped.row.email).toBe('ann-7@example.test')
})

test.each([
  ['columns_wrong', ['1', '19970101'], {}],
  ['columns_wrong', ['1', '19970101', '1', '2'], {}],
  ['customer_empty', ['  ', '19970101', '1'], {}],
  ['customer_wrong', ['nobody', '19970101', '1'], { customer: { column: 0, identifier: 'email' as const } }],
  ['customer_wrong', ['a@b', '19970101', '1'], { customer: { column: 0, identifier: 'email' as const } }],
  ['made_up_wrong', ['1', '19970101', '1'], { emailAddress: { pattern: '{external_id}@test' } }],
  ['time_wrong', ['1', '19970231', '1'], {}],
  ['time_wrong', ['1', 'soon', '1'], {}],
  ['time_ambiguous', ['1', '03/04/1997', '1'], {}],
  ['number_wrong', ['1', '19970101', 'many'], {}],
  ['number_wrong', ['1', '19970101', '1e400'], {}],
  ['number_ambiguous', ['1', '19970101', '1,234'], {}],
  ['too_long', ['1', '19970101', 'x'.repeat(8_193)], {}],
  ['encoding_wrong', ['\ufffd', '19970101', '1'], {}],
  ['zero_inside', ['1\u0000', '19970101', '1'], {}],
  ['event_empty', ['1', '19970101', ''], { event: { column: 2 } }],
])('%s is told in both languages', (code, cells, mapping) => {
  const mapped = map(cells, mapping)
  expect(mapped.ok).toBe(false)
  if (mapped.ok) return
  expect(mapped.error.code).toBe(code)
  expect(mapped.error.detail.en).not.toMatch(/\{\d\}/)
  expect(mapped.error.detail.ru).toMatch(/[а-я]/)
})

test('a day number of a spreadsheet is told for what it is', () => {
  for (const day of ['45658', '45658.5', '45658,25']) {
    const mapped = map(['1', day, '1'])
    expect(mapped.ok ? null : mapped.error.detail.en).toMatch(
      /day number of a spreadsheet.*Format the column/,
    )
    expect(mapped.ok ? null : mapped.error.detail.ru).toContain(day)
  }
})

test.each([
  ['1,234', ',', [], null],
  ['-12,500', 'tab', ['7', '1.5'], null],
  ['1,234', ',', ['2,345', '7,25'], 1.234],
  ['1,234', ';', [], 1.234],
  ['0,234', ',', [], 0.234],
  ['1,23', ',', [], 1.23],
  ['1234,567', ',', [], 1234.567],
] as const)('the number “%s” between “%s” beside %j is %s', (cell, separator, samples, expected) => {
  const mapped = map(['1', '19970101', cell], {}, writing(separator, [...samples]))
  expect(mapped.ok ? mapped.row.properties.total : null).toBe(expected)
})

test.each([
  ['1 234,50', 1234.5],
  ['1\u00a0000', 1000],
  ['-.5', -0.5],
  ['1,234,567', null],
  ['12px', null],
  ['', null],
])('the number “%s” is %s', (cell, expected) => {
  expect(readNumber(cell)).toBe(expected)
})

test.each([
  ['1997-01-01T10:00:00Z', 'auto', 'Europe/Moscow', '1997-01-01T10:00:00.000Z', true],
  ['1997-01-01 10:00', 'auto', 'Europe/Moscow', '1997-01-01T07:00:00.000Z', true],
  ['1997-07-01 10:00', 'auto', 'Europe/Moscow', '1997-07-01T06:00:00.000Z', true],
  ['31.12.1997', 'auto', 'UTC', '1997-12-31T12:00:00.000Z', false],
  ['31.12.25', 'auto', 'UTC', '2025-12-31T12:00:00.000Z', false],
  ['01.02.69 9:05', 'DD.MM.YYYY', 'UTC', '1969-02-01T09:05:00.000Z', true],
  ['31/12/1997', 'DD/MM/YYYY', 'UTC', '1997-12-31T12:00:00.000Z', false],
  ['12/31/1997 23:59:59', 'MM/DD/YYYY', 'America/New_York', '1998-01-01T04:59:59.000Z', true],
  ['2024-11-03T01:30:00-05:00', 'auto', 'UTC', '2024-11-03T06:30:00.000Z', true],
  ['2024-03-31 02:30', 'auto', 'Europe/Berlin', '2024-03-31T01:30:00.000Z', true],
  ['2024-10-27 02:30', 'auto', 'Europe/Berlin', '2024-10-27T00:30:00.000Z', true],
  ['946684800', 'unix', 'UTC', '2000-01-01T00:00:00.000Z', true],
] as const)('the moment “%s” (%s, %s) is %s', (cell, format, zone, expected, hasClock) => {
  const moment = readMoment(cell, format, zone)
  if (typeof moment === 'string') throw new Error(moment)
  expect([new Date(moment.at).toISOString(), moment.hasClock]).toEqual([expected, hasClock])
})
