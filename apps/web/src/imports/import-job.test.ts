import { describe, expect, it } from 'vitest'
import { type ImportJob, shareDone } from './import-job.ts'

const job = (change: Partial<ImportJob>) => ({
  mode: 'history' as const,
  status: 'running' as const,
  rowsTotal: 1000,
  rowsRead: 250,
  rowsStored: 250,
  eventsFed: 0,
  ...change,
})

describe('how much of an import is done', () => {
  it('is the share of rows read', () => {
    expect(shareDone(job({}))).toBe(0.25)
  })

  it('is unknown while the file is still being counted', () => {
    expect(shareDone(job({ rowsTotal: null }))).toBeUndefined()
  })

  it('is mostly the events let through on a fast clock', () => {
    expect(shareDone(job({ mode: 'compressed' }))).toBeCloseTo(0.025)
    expect(
      shareDone(job({ mode: 'compressed', rowsRead: 1000, rowsStored: 900, eventsFed: 450 })),
    ).toBeCloseTo(0.55)
  })

  it('never passes the end', () => {
    expect(shareDone(job({ rowsRead: 2000 }))).toBe(1)
    expect(shareDone(job({ status: 'done', rowsTotal: null }))).toBe(1)
  })
})
