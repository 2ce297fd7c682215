import { expect, it } from 'vitest'
import { heldView } from './held-list.ts'

const row = (n: number, readAt: string | null = null) => ({
  id: `m${n}`,
  receivedAt: `2026-01-01T00:00:${String(n).padStart(2, '0')}.000Z`,
  readAt,
})
const ids = (rows: { id: string }[]) => rows.map(({ id }) => id).join(' ')

it('stands still while letters arrive, and says how many', () => {
  const { shown, arrived } = heldView([row(3), row(2)], [row(5), row(4), row(3), row(2)])
  expect([ids(shown), arrived]).toEqual(['m3 m2', 2])
})

it('keeps letters that newer ones have pushed off the page', () => {
  const { shown, arrived } = heldView([row(3), row(2)], [row(6), row(5), row(4)])
  expect([ids(shown), arrived]).toEqual(['m3 m2', 3])
})

it('shows letters as they are now, drops deleted ones and appends older ones', () => {
  const { shown } = heldView([row(4), row(3), row(2)], [row(4, 'now'), row(2), row(1)])
  expect(ids(shown)).toBe('m4 m2 m1')
  expect(shown[0]?.readAt).toBe('now')
})

it('is empty once the mailbox is emptied', () => {
  expect(heldView([row(1)], [])).toEqual({ shown: [], arrived: 0 })
})
