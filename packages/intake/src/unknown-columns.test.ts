import { expect, test } from 'vitest'
import { unknownColumns, unknownColumnsSentence } from './unknown-columns.ts'

const columns = ['id', 'date', 'total'].map((name, index) => ({
  index,
  name,
  samples: [],
  guess: 'text' as const,
}))

test('columns beyond the file, or by a name, are found wherever the mapping names them', () => {
  const mapping = {
    customer: { column: 0 },
    time: { column: 3 },
    properties: [{ column: 2 }, { column: 'totl' }],
    messageId: { column: -1 },
  }
  expect(unknownColumns(mapping, columns)).toEqual([
    { path: 'time.column', name: '4', isNumber: true },
    { path: 'properties.1.column', name: '“totl”', isNumber: false },
    { path: 'messageId.column', name: '0', isNumber: true },
  ])
  expect(unknownColumns({ customer: { column: 2 } }, columns)).toEqual([])
})

test('the sentence names the missing column and those there are', () => {
  const unknown = unknownColumns({ customer: { column: 'totl' } }, columns)
  expect(unknownColumnsSentence(unknown, columns)).toEqual({
    en: 'The file has no column “totl”. It has 3: 1 “id”, 2 “date”, 3 “total”. Choose from these by number.',
    ru: 'В файле нет столбца «totl». Столбцов в нём 3: 1 «id», 2 «date», 3 «total». Выберите из них по номеру.',
  })
})
