import { expect, it } from 'vitest'
import { type AuditRow, folded, sentenceOf } from './audit.ts'

const row = (change: Partial<AuditRow>): AuditRow => ({
  id: 1,
  at: '2026-01-01T00:00:00Z',
  memberId: 'm',
  memberName: 'Mary',
  action: 'journeys.draft',
  object: 'journeys',
  objectId: 'j',
  objectName: 'Win-back',
  detail: {},
  ...change,
})

it('finds the sentence of an action, and of a decision by what was decided', () => {
  expect(sentenceOf(row({ action: 'journeys.publish' }))).toBe('journeys_publish')
  expect(sentenceOf(row({ action: 'enrollments.skip-wait', object: 'enrollments' }))).toBe('enrollments_skip')
  const decided = { action: 'messages.release', object: 'messages', detail: { decision: 'give_up' } }
  expect(sentenceOf(row(decided))).toBe('messages_give_up')
  const agreed = { action: 'consents.consents', object: 'consents', detail: { state: 'granted' } }
  expect(sentenceOf(row(agreed))).toBe('consents_granted')
})

it('has none for an action it does not know', () => {
  expect(sentenceOf(row({ action: 'journeys.paint' }))).toBeNull()
  expect(sentenceOf(row({ action: 'to.String', object: 'toString' }))).toBeNull()
})

it('folds the same change of the same thing, time after time, into one row', () => {
  const rows = [
    row({ id: 9 }),
    row({ id: 8 }),
    row({ id: 7, objectId: 'other' }),
    row({ id: 6 }),
    row({ id: 5, memberId: 'n' }),
  ]
  expect(folded(rows).map(({ id, times }) => [id, times])).toEqual([
    [9, 2],
    [7, 1],
    [6, 1],
    [5, 1],
  ])
})
