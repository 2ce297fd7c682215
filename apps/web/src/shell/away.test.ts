import { describe, expect, it } from 'vitest'
import { Failure, Unreachable } from '../api.ts'
import { awayOf } from './away.ts'

const now = Date.parse('2026-01-01T12:00:00Z')
const well = { away: null, since: null }
const at = (secondsAgo: number) => ({ answeredAt: now - secondsAgo * 1000, now })

describe('what members are told of an outage', () => {
  it('is nothing while all is well, nor when one answer is missing', () => {
    expect(awayOf(well, null, at(1))).toBeNull()
    expect(awayOf(well, new Unreachable(null), at(5))).toBeNull()
    expect(awayOf(well, new Failure(401, {}), at(60))).toBeNull()
  })

  it('is what the server says of the engine', () => {
    const since = '2026-01-01T11:58:00Z'
    expect(awayOf({ away: 'engine', since }, null, at(1))).toEqual({ what: 'engine', since })
  })

  it('is the server itself, since its last answer, also when it takes calls and answers none', () => {
    expect(awayOf(well, new DOMException('', 'TimeoutError'), at(30))?.what).toBe('server')
    expect(awayOf(well, new Unreachable(null), at(30))).toEqual({
      what: 'server',
      since: '2026-01-01T11:59:30.000Z',
    })
  })
})
