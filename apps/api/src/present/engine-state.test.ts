import { expect, it } from 'vitest'
import { engineState } from './engine-state.ts'

const seen = { lives: true, works: true, seenAt: '2026-01-01T10:00:05Z', workedAt: '2026-01-01T10:00:00Z' }

it('is silent while an engine works', () => {
  expect(engineState(seen, 1_000)).toEqual({ away: null, since: null })
})

it('says that no engine answers, since the last word of one', () => {
  expect(engineState({ ...seen, lives: false, works: false }, 1_000)).toEqual({
    away: 'engine',
    since: seen.seenAt,
  })
  expect(engineState({ lives: false, works: false, seenAt: null, workedAt: null }, 1_000).away).toBe('engine')
})

it('says that Temporal does not answer the engines there are', () => {
  expect(engineState({ ...seen, works: false }, 1_000)).toEqual({ away: 'temporal', since: seen.workedAt })
})

it('gives engines time to start', () => {
  expect(engineState({ ...seen, lives: false, works: false }, 5).away).toBeNull()
})
