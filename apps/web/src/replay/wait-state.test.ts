import { describe, expect, it } from 'vitest'
import type { FastClock } from './enrollment.ts'
import { journeyNow, shownNext, waitState } from './wait-state.ts'

const at = (iso: string) => new Date(iso).getTime()
const now = at('2026-01-01T00:00:00Z')
const clock = (state: FastClock['state']): FastClock => ({
  importId: 'i',
  scale: 86_400,
  virtualNow: '1997-01-01T00:00:00Z',
  state,
})

describe('the time of an enrollment’s own clock', () => {
  it('is real time without a fast clock', () => {
    expect(journeyNow(null, now - 5000, now)).toBe(now)
  })

  it('runs on from where a fast clock was read, and stands where it stands', () => {
    expect(journeyNow(clock('running'), now - 2000, now)).toBe(at('1997-01-03T00:00:00Z'))
    expect(journeyNow(clock('behind'), now - 2000, now)).toBe(at('1997-01-01T00:00:00Z'))
  })
})

describe('what a clock shows', () => {
  const march = at('1997-03-01T00:00:00Z')

  it('stands rather than going back while the clock catches up', () => {
    const before = { run: 'i', at: march }
    expect(shownNext(before, 'i', march - 86_400_000)).toEqual(before)
    expect(shownNext(before, 'i', march + 1000).at).toBe(march + 1000)
  })

  it('begins anew with another run', () => {
    expect(shownNext({ run: 'i', at: march }, 'j', 5)).toEqual({ run: 'j', at: 5 })
    expect(shownNext({ run: null, at: march }, null, 5).at).toBe(5)
  })
})

describe('a wait', () => {
  const due = { dueAt: '2026-01-01T00:01:00Z', realDueAt: '2026-01-01T00:01:00Z' }

  it('counts down to its instant', () => {
    expect(waitState(due, null, now, now)).toEqual({ is: 'counting', left: 60_000 })
  })

  it('is late by real time when its instant has passed, after a moment of grace', () => {
    expect(waitState(due, null, now + 61_000, now + 61_000)).toEqual({ is: 'moving' })
    expect(waitState(due, null, now + 180_000, now + 180_000)).toEqual({ is: 'late', by: 120_000 })
  })

  it('of a test run counts in virtual time and is late in real time', () => {
    const test = { dueAt: '1997-01-31T00:00:00Z', realDueAt: '2026-01-01T00:00:30Z' }
    const month = { is: 'counting', left: 30 * 86_400_000 }
    expect(waitState(test, clock('running'), now, at('1997-01-01T00:00:00Z'))).toEqual(month)
    expect(waitState(test, clock('running'), now + 90_000, at('1997-04-01T00:00:00Z'))).toEqual({
      is: 'late',
      by: 60_000,
    })
    expect(waitState(test, clock('paused'), now + 90_000, at('1997-04-01T00:00:00Z'))).toEqual({
      is: 'standing',
      clock: 'paused',
    })
  })

  it('for no time has no state', () => {
    expect(waitState({ dueAt: null, realDueAt: null }, null, now, now)).toBeNull()
  })
})
