import { describe, expect, it } from 'vitest'
import type { FileColumn } from './import-job.ts'
import { choicesOf, faultsOf, guessChoices, mappingOf, propertyName, withRole } from './roles.ts'

const column = (index: number, guess: FileColumn['guess'], samples: string[], name = ''): FileColumn => ({
  index,
  name,
  samples,
  guess,
})

const cdnow = [
  column(0, 'customer', ['00004', '00004', '00021']),
  column(1, 'number', ['0001', '0002', '0003'], '2'),
  column(2, 'time', ['19970101', '19970118', '19970113']),
  column(3, 'number', ['2', '3', '1'], '4'),
  column(4, 'number', ['29.33', '63.34', '11.77']),
]

describe('the first guess for a purchase log without a header', () => {
  const guess = guessChoices(cdnow, 'UTC')

  it('is a whole mapping that needs no correction', () => {
    expect(mappingOf(guess, cdnow)).toEqual({
      event: { name: 'order' },
      customer: { column: 0, identifier: 'external_id' },
      time: { column: 2, format: 'YYYYMMDD', zone: 'UTC' },
      properties: [
        { column: 3, name: 'quantity', type: 'number' },
        { column: 4, name: 'total', type: 'number' },
      ],
      attributes: [],
    })
  })

  it('leaves a second column of ids out', () => {
    expect(guess.columns[1]?.role).toBe('skip')
  })
})

describe('a file with a header', () => {
  const columns = [
    column(0, 'customer', ['anna@example.test'], 'E-mail'),
    column(1, 'text', ['signup'], 'event'),
    column(2, 'time', ['2026-11-01'], 'When'),
    column(3, 'number', ['5'], 'Order Total'),
    column(4, 'number', ['5'], 'order total'),
  ]
  const guess = guessChoices(columns, 'Europe/Moscow')

  it('takes names from it, and gives a doubled name a number', () => {
    expect(guess.columns.map(({ role, name }) => [role, name])).toEqual([
      ['customer', 'e_mail'],
      ['event', 'event'],
      ['time', 'when'],
      ['property', 'order_total'],
      ['property', 'order_total_5'],
    ])
    expect(guess.identifier).toBe('email')
    expect(guess.timeFormat).toBe('auto')
  })

  it('survives the way to the server and back', () => {
    const mapping = mappingOf({ ...guess, consentSource: 'form' }, columns)
    expect(mapping && mappingOf(choicesOf(mapping, columns, 'UTC'), columns)).toEqual(mapping)
  })
})

it('knows a time column by its header or by most of its values when one date is bad', () => {
  const customer = column(0, 'customer', ['1'])
  const named = [customer, column(1, 'text', ['soon'], 'Дата заказа')]
  const dated = [customer, column(1, 'text', ['2026-11-01', '2026-13-01', 'n/a'], '2')]
  for (const columns of [named, dated]) expect(guessChoices(columns, 'UTC').columns[1]?.role).toBe('time')
  expect(guessChoices([customer, column(1, 'text', ['red', 'blue'])], 'UTC').columns[1]?.role).toBe(
    'property',
  )
})

describe('choices', () => {
  const guess = guessChoices(cdnow, 'UTC')

  it('let only one column be the customer', () => {
    const changed = withRole(guess, 1, 'customer')
    expect(changed.columns.map(({ role }) => role)).toEqual([
      'skip',
      'customer',
      'time',
      'property',
      'property',
    ])
  })

  it('are no mapping without a time, with an empty name or with one name twice', () => {
    const noTime = withRole(guess, 2, 'skip')
    expect(faultsOf(noTime)).toEqual(['noTime'])
    expect(mappingOf(noTime, cdnow)).toBeNull()
    const named = (name: string) => ({
      ...guess,
      columns: guess.columns.map((one, at) => (at === 3 ? { ...one, name } : one)),
    })
    expect(faultsOf(named(' '))).toEqual(['nameEmpty'])
    expect(faultsOf(named('total'))).toEqual(['nameTwice'])
  })

  it('need an event name only while no column holds it', () => {
    expect(faultsOf({ ...guess, eventName: '' })).toEqual(['noEvent'])
    expect(faultsOf({ ...withRole(guess, 1, 'event'), eventName: '' })).toEqual([])
  })
})

it('keeps Russian headers readable', () => {
  expect(propertyName(column(0, 'number', ['1'], 'Сумма заказа, ₽'))).toBe('сумма_заказа')
  expect(propertyName(column(6, 'text', ['x'], ''))).toBe('column_7')
})
