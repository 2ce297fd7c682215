import { expect, test } from 'vitest'
import { demoFileOf } from './use-source-words.ts'

test('a consent that a demo import made up is known by its file in either language', () => {
  expect(demoFileOf('demo import of orders.csv: made up')).toBe('orders.csv')
  expect(demoFileOf('демо-импорт orders.csv: выдумано')).toBe('orders.csv')
  expect(demoFileOf('web form')).toBeNull()
})
