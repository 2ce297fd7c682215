import { emptyGraph } from '@tropa/journey'
import { describe, expect, it } from 'vitest'
import { namesOfDrafts, namesOfFiles } from './planned-names.ts'

const column = (index: number, name: string, guess: string, samples: string[] = []) => ({
  index,
  name,
  guess,
  samples,
})
const format = {
  separator: ',',
  header: true,
  encoding: 'utf-8',
  columns: [
    column(0, 'client', 'customer'),
    column(1, 'date', 'time'),
    column(2, 'what', 'text', ['order', 'refund']),
    column(3, 'total', 'number'),
  ],
  sampleRows: [],
}
const file = (mapping: unknown, own: object = {}) => ({
  id: 'i',
  fileName: 'orders.csv',
  format: { ...format, ...own },
  mapping,
})
const mapping = {
  event: { name: 'order' },
  customer: { column: 0, identifier: 'external_id' },
  time: { column: 1 },
  properties: [{ column: 3, name: 'sum', type: 'number' }],
  attributes: [{ column: 2, name: 'city', type: 'text' }],
}
const from = { in: 'import', id: 'i', name: 'orders.csv' }

describe('the names a waiting file will bring', () => {
  it('are those it has been mapped to', () => {
    expect(namesOfFiles([file(mapping)])).toEqual([
      { from, events: [{ name: 'order', properties: ['sum'] }], attributes: ['city'] },
    ])
  })

  it('are read from the column that names the events', () => {
    const [found] = namesOfFiles([file({ ...mapping, event: { column: 2 } })])
    expect(found?.events.map(({ name }) => name)).toEqual(['order', 'refund'])
  })

  it('are its columns as properties of any event before it is mapped, if its first line names them', () => {
    expect(namesOfFiles([file({})])).toEqual([
      { from, events: [{ name: '', properties: ['what', 'total'] }], attributes: [] },
    ])
    expect(namesOfFiles([file({}, { header: false })])).toEqual([])
  })
})

it('a draft that names nothing offers nothing, another its names with where they stand', () => {
  const node = {
    id: 'a',
    kind: 'event_entry',
    name: '',
    config: { event: 'order', key: 'order_id' },
    position: { x: 0, y: 0 },
  }
  expect(
    namesOfDrafts([
      { id: '1', name: 'Empty', draft: emptyGraph },
      { id: '2', name: 'Win-back', draft: { ...emptyGraph, nodes: [node] } },
    ]),
  ).toEqual([
    {
      from: { in: 'journey', id: '2', name: 'Win-back' },
      events: [{ name: 'order', properties: ['order_id'] }],
      attributes: [],
    },
  ])
})
