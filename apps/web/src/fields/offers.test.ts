import { describe, expect, test } from 'vitest'
import { attributeOffers, eventOffers, type Known, propertyOffers } from './offers.ts'

const nothing: Known = {
  catalogue: { events: [], attributes: [] },
  planned: [],
  own: { events: [], attributes: [] },
  journeyId: 'mine',
}
const file = { in: 'import' as const, id: 'f', name: 'orders.csv' }
const names = (offers: { name: string; from: { in: string } }[]) =>
  offers.map(({ name, from }) => [name, from.in])

describe('before the first event a field offers', () => {
  const known: Known = {
    ...nothing,
    planned: [
      { from: file, events: [{ name: 'order', properties: ['total'] }], attributes: ['city'] },
      {
        from: { in: 'journey', id: 'other', name: 'Win-back' },
        events: [{ name: 'visit', properties: ['page'] }],
        attributes: ['status'],
      },
      {
        from: { in: 'journey', id: 'mine', name: 'This one' },
        events: [{ name: 'old name', properties: [] }],
        attributes: [],
      },
    ],
    own: { events: [{ name: 'refund', properties: ['why'] }], attributes: [] },
  }

  test('the events of a waiting file, of the draft and of other journeys, each with its origin', () => {
    expect(names(eventOffers(known))).toEqual([
      ['order', 'import'],
      ['refund', 'draft'],
      ['visit', 'journey'],
    ])
    expect(eventOffers(known)[0]?.from).toEqual({ in: 'import', name: 'orders.csv' })
  })

  test('the properties of the event in hand, and of all events while none is named', () => {
    expect(names(propertyOffers(known, ['order']))).toEqual([['total', 'import']])
    expect(names(propertyOffers(known, []))).toEqual([
      ['total', 'import'],
      ['why', 'draft'],
      ['page', 'journey'],
    ])
  })

  test('the columns of a file that is not mapped yet, for any event', () => {
    const unmapped: Known = {
      ...nothing,
      planned: [{ from: file, events: [{ name: '', properties: ['sum'] }], attributes: [] }],
    }
    expect(eventOffers(unmapped)).toEqual([])
    expect(names(propertyOffers(unmapped, ['whatever']))).toEqual([['sum', 'import']])
  })

  test('the attributes of all of them', () => {
    expect(names(attributeOffers(known))).toEqual([
      ['city', 'import'],
      ['status', 'journey'],
    ])
  })
})

test('a name that has come in is offered once, as such, with all that is known of it', () => {
  const known: Known = {
    ...nothing,
    catalogue: { events: [{ name: 'order', properties: ['total'] }], attributes: ['city'] },
    own: { events: [{ name: 'order', properties: ['quantity'] }], attributes: ['city'] },
  }
  expect(eventOffers(known)).toEqual([
    { name: 'order', from: { in: 'seen' }, properties: ['total', 'quantity'] },
  ])
  expect(attributeOffers(known)).toHaveLength(1)
})
