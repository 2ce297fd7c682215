import { mappingShape, type Row, storedFormatShape } from '@tropa/intake'
import { expect, it } from 'vitest'
import { extentOf } from './extent.ts'

const format = storedFormatShape.parse({
  separator: ',',
  header: false,
  encoding: 'utf-8',
  columns: [0, 1].map((index) => ({ index, name: '', samples: [], guess: 'text' })),
  sampleRows: [],
})
const mapping = mappingShape.parse({
  event: { name: 'order' },
  customer: { column: 0, identifier: 'external_id' },
  time: { column: 1, format: 'YYYYMMDD', zone: 'UTC' },
})

async function* rows(days: string[]): AsyncGenerator<Row> {
  for (const [index, day] of days.entries())
    yield { cells: [`c${index}`, day], line: index + 1, byte: (index + 1) * 10, tooLong: false }
}

it('counts the rows of a file and tells the first and the last of its dates', async () => {
  expect(await extentOf(rows(['19970301', 'unreadable', '19970101']), mapping, format, 30)).toEqual({
    rows: 3,
    counted: true,
    from: '1997-01-01T12:00:00.000Z',
    until: '1997-03-01T12:00:00.000Z',
  })
})

it('guesses the rows of a long file from its length', async () => {
  const days = Array.from({ length: 5 }, () => '19970301')
  expect(await extentOf(rows(days), mapping, format, 1_000, { most: 3 })).toMatchObject({
    rows: 100,
    counted: false,
  })
})

it('knows nothing of a file whose dates it cannot read', async () => {
  expect(await extentOf(rows(['x']), mapping, format, 10)).toBeNull()
})
