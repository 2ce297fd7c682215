import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { entryKeyOf, lastingKeyOf } from './entry-key.ts'

test.each(['', 'order-7', 'a:b'])('the lasting key of every entry by “%s” is the same', (key) => {
  const clockIds = [null, randomUUID(), randomUUID()]
  const entries = clockIds.flatMap((clockId) =>
    [null, 41, 42].map((eventId) => entryKeyOf({ key, eventId, clockId })),
  )
  expect(new Set(entries).size).toBe(9)
  expect([...new Set(entries.map(lastingKeyOf))]).toEqual([key])
})
