import { describe, expect, it } from 'vitest'
import {
  daysOf,
  daysOfFile,
  fittingPace,
  type ImportJob,
  isBehind,
  isPace,
  isThrough,
  notPlayed,
  secondsLeftAt,
  shareDone,
} from './import-job.ts'

const job = (change: Partial<ImportJob>) =>
  ({
    mode: 'history',
    status: 'running',
    rowsTotal: 1000,
    rowsRead: 250,
    rowsStored: 250,
    eventsFed: 0,
    virtualNow: null,
    virtualFrom: null,
    virtualUntil: null,
    secondsPerDay: null,
    realSecondsPerDay: null,
    ...change,
  }) as ImportJob

const run = (virtualNow: string | null, change: Partial<ImportJob> = {}) =>
  job({
    mode: 'compressed',
    rowsRead: 1000,
    virtualFrom: virtualNow && '1997-01-01T12:00:00Z',
    virtualNow,
    virtualUntil: virtualNow && '1997-04-10T12:00:00Z',
    ...change,
  })

describe('how much of an import is done', () => {
  it('is the share of rows read', () => {
    expect(shareDone(job({}))).toBe(0.25)
  })

  it('is unknown while the file is still being counted, and while it is undone', () => {
    expect(shareDone(job({ rowsTotal: null }))).toBeUndefined()
    expect(shareDone(job({ status: 'undoing' }))).toBeUndefined()
  })

  it('is nothing before the first row is read', () => {
    expect(shareDone(job({ rowsRead: 0, rowsTotal: null }))).toBe(0)
  })

  it('is told by the days of a fast clock, whatever share of the rows falls on them', () => {
    expect(shareDone(run(null))).toBeCloseTo(0.05)
    expect(shareDone(run('1997-02-19T13:00:00Z', { eventsFed: 3 }))).toBeCloseTo(0.515)
    expect(shareDone(run('1997-05-20T13:00:00Z', { eventsFed: 250 })), 'last waits run out').toBeCloseTo(0.98)
    expect(shareDone(run('1997-05-20T13:00:00Z', { status: 'done' }))).toBe(1)
  })

  it('never passes the end', () => {
    expect(shareDone(job({ rowsRead: 2000 }))).toBe(1)
    expect(shareDone(job({ status: 'done', rowsTotal: null }))).toBe(1)
  })
})

describe('the clock of a compressed run', () => {
  it('shows a day of as many as its events span', () => {
    expect(daysOf(run('1997-01-01T12:00:01Z'))).toEqual({ at: 1, of: 100 })
    expect(daysOf(run('1997-02-19T13:00:00Z'))).toEqual({ at: 50, of: 100 })
    expect(daysOf(run('1998-02-19T13:00:00Z'))).toEqual({ at: 100, of: 100 })
    expect(daysOf(run(null))).toBeNull()
    expect(daysOf(job({}))).toBeNull()
  })

  it('is through when the last event is, though waits run on', () => {
    expect(isThrough(run('1997-02-01T00:00:00Z', { eventsFed: 249 }))).toBe(false)
    expect(isThrough(run('1997-02-01T00:00:00Z', { eventsFed: 250 }))).toBe(true)
  })

  it('is behind when days take plainly longer than asked for', () => {
    const behind = (realSecondsPerDay: number | null) => isBehind({ secondsPerDay: 0.4, realSecondsPerDay })
    expect([behind(null), behind(0.42), behind(2.1)]).toEqual([false, false, true])
  })

  it('takes speeds between its bounds only', () => {
    expect([null, 0, 0.1, 0.2, 60, 61].map(isPace)).toEqual([false, false, false, true, true, false])
  })
})

describe('the speed of a fast clock', () => {
  const extent = { from: '1997-01-01T12:00:00Z', until: '1998-06-30T12:00:00Z' }

  it('is chosen so that the run of a file takes about three minutes, within the bounds', () => {
    expect(daysOfFile(extent)).toBe(546)
    expect([546, 90, 30, 1, 5000].map(fittingPace)).toEqual([0.3, 2, 6, 60, 0.2])
  })

  it('leaves as long in the dialog as the page says, and so much longer at a slower speed', () => {
    const behind = run('1997-01-10T12:00:00Z', { secondsPerDay: 1, secondsLeft: 258 })
    expect(secondsLeftAt(behind, 1)).toBe(258)
    expect(secondsLeftAt(behind, 2)).toBe(516)
  })

  it('is reckoned by days while the run is paused and says nothing itself', () => {
    expect(secondsLeftAt(run('1997-01-10T12:00:00Z', { secondsPerDay: 1, secondsLeft: null }), 2)).toBe(180)
  })
})

it('tells how many events were never played, so that an undo removes what the page calls stored', () => {
  expect(notPlayed({ mode: 'compressed', rowsStored: 6919, eventsFed: 4499 })).toBe(2420)
  expect(notPlayed({ mode: 'history', rowsStored: 6919, eventsFed: 0 })).toBe(0)
})
