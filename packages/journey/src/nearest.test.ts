import { expect, test } from 'vitest'
import { nearest } from './nearest.ts'

test.each([
  ['frist_name', ['city', 'first_name', 'last_name'], 'first_name'],
  ['totl', ['total', 'items'], 'total'],
  ['Total', ['total'], 'total'],
  ['colour', ['city', 'total'], null],
  ['x', [], null],
])('for “%s” among %j it is %s', (word, candidates, found) => {
  expect(nearest(word, candidates)).toBe(found)
})
