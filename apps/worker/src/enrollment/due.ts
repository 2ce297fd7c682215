import { type CompressedClock, realAt } from '@tropa/journey'

/** What is known of the clock an enrollment lives by; `null` stands for real time. Instants are epoch milliseconds. */
export type TestClock = CompressedClock & {
  /** All events of the run up to this virtual instant are stored. */
  fedUntil: number
  pausedAt: number | null
  endedAt: number | null
}

/** Either the time has come, and the token's logical instant is `at`; or it has not, and it is worth asking again. */
export type DueAnswer = { due: true; at: number } | { due: false; askAgainInMs: number }

const shortest = 250
const longestForFeed = 5_000
const longestForPause = 30_000
/** Of the time a clock has stood still, how long to sleep at least before looking again, so that long stops cost little. */
const shareOfPause = 0.25

/**
 * Whether an instant has come. A test timer is due only when every event before it is stored, so that a late event can
 * never lose against a timer it came before. A clock that stands still has come as far as when it stopped.
 */
export function whetherDue(until: number, now: number, clock: TestClock | null): DueAnswer {
  if (!clock) return until <= now ? { due: true, at: now } : { due: false, askAgainInMs: until - now }
  const real = realAt(clock, until)
  if (clock.endedAt === null) {
    if (clock.pausedAt !== null && clock.pausedAt < real) {
      const left = Math.max(real - clock.pausedAt, (now - clock.pausedAt) * shareOfPause)
      return { due: false, askAgainInMs: clamp(left, shortest, longestForPause) }
    }
    if (clock.fedUntil < until && real <= now)
      return { due: false, askAgainInMs: clamp(now - real, shortest, longestForFeed) }
  }
  return real <= now ? { due: true, at: until } : { due: false, askAgainInMs: Math.max(1, real - now) }
}

/** Whether an enrollment is on a compressed clock that has not ended. */
export function lives(clock: TestClock | null): boolean {
  return clock !== null && clock.endedAt === null
}

const shortestNetMs = 60_000

/** How long a workflow sleeps that only stands by in case the run which moves its enrollment does not. */
export function netMs(forMs: number): number {
  return Math.max(shortestNetMs, 2 * forMs)
}

/** The real instant at which something is due, for the countdown and the sweeper. */
export function realDue(until: number, clock: TestClock | null): number {
  return clock ? realAt(clock, until) : until
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value))
}
