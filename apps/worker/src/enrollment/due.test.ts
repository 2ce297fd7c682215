import { describe, expect, it } from 'vitest'
import { realDue, type TestClock, whetherDue } from './due.ts'

const day = 86_400_000
const clock: TestClock = {
  realStart: 1_000_000,
  virtualStart: 0,
  scale: day / 1_000,
  fedUntil: 100 * day,
  pausedAt: null,
  endedAt: null,
}

describe('a real timer', () => {
  it('is due from its instant on, and the token moves at the present', () => {
    expect(whetherDue(1_000, 1_000, null)).toEqual({ due: true, at: 1_000 })
    expect(whetherDue(1_000, 1_700, null)).toEqual({ due: true, at: 1_700 })
  })
  it('is not due a millisecond before', () => {
    expect(whetherDue(1_000, 999, null)).toEqual({ due: false, askAgainInMs: 1 })
  })
})

describe('a timer of a compressed run', () => {
  it('is due at the real instant its clock shows, and the token moves at the virtual one', () => {
    expect(realDue(30 * day, clock)).toBe(1_030_000)
    expect(whetherDue(30 * day, 1_029_999, clock)).toEqual({ due: false, askAgainInMs: 1 })
    expect(whetherDue(30 * day, 1_030_000, clock)).toEqual({ due: true, at: 30 * day })
  })
  it('waits for the events before it to be stored, asking less and less often', () => {
    const behind = { ...clock, fedUntil: 29 * day }
    expect(whetherDue(30 * day, 1_030_000, behind)).toEqual({ due: false, askAgainInMs: 250 })
    expect(whetherDue(30 * day, 1_033_000, behind)).toEqual({ due: false, askAgainInMs: 3_000 })
    expect(whetherDue(30 * day, 1_099_000, behind)).toEqual({ due: false, askAgainInMs: 5_000 })
  })
  it('does not come while the clock is paused', () => {
    const paused = { ...clock, pausedAt: 1_020_000 }
    expect(whetherDue(30 * day, 1_021_000, paused)).toEqual({ due: false, askAgainInMs: 10_000 })
    expect(whetherDue(30 * day, 1_100_000, paused)).toEqual({ due: false, askAgainInMs: 20_000 })
    expect(whetherDue(30 * day, 1_900_000, paused)).toEqual({ due: false, askAgainInMs: 30_000 })
  })
  it('comes when the clock had shown it before it was paused', () => {
    const paused = { ...clock, pausedAt: 1_030_000 }
    expect(whetherDue(30 * day, 1_040_000, paused)).toEqual({ due: true, at: 30 * day })
  })
  it('still comes after the run has ended, when no event can come any more', () => {
    const ended = { ...clock, fedUntil: 10 * day, endedAt: 1_020_000 }
    expect(whetherDue(30 * day, 1_031_000, ended)).toEqual({ due: true, at: 30 * day })
    expect(whetherDue(30 * day, 1_029_000, ended)).toEqual({ due: false, askAgainInMs: 1_000 })
  })
})
