import { expect, test } from 'vitest'
import { unseenAttributes, unseenProperties } from './check-variables.ts'

const catalogue = {
  attributes: ['city', 'favourite_tea'],
  events: [{ name: 'order', properties: ['total', 'items'] }],
}

test('a misspelt attribute is told with the one that was meant', () => {
  const variables = [
    'customer.frist_name',
    'customer.citi',
    'customer.first_name',
    'customer.city',
    'event.x',
  ]
  expect(unseenAttributes(variables, catalogue)).toEqual([
    { variable: 'customer.frist_name', guess: 'customer.first_name' },
    { variable: 'customer.citi', guess: 'customer.city' },
  ])
})

test('an attribute like no other is told without a guess, and a whole root is none', () => {
  expect(unseenAttributes(['customer.zodiac', 'customer', 'customer.favourite_tea.kind'], catalogue)).toEqual(
    [{ variable: 'customer.zodiac', guess: null }],
  )
})

test('properties are compared with those of all events, once there are any', () => {
  expect(unseenProperties(['event.totl', 'event.items'], catalogue)).toEqual([
    { variable: 'event.totl', guess: 'event.total' },
  ])
  expect(unseenProperties(['event.totl'], { events: [] })).toEqual([])
})
