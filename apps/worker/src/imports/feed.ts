import { setTimeout as sleep } from 'node:timers/promises'
import { straightenDue } from '@tropa/db/clock-pace'
import { endClock, feedSlice, findClock, letClockGoOn, pauseClock, startClock } from '@tropa/db/feed'
import { findImport, type ImportRow } from '@tropa/db/imports'
import { hasTestLife, secondsBehind, waitingOnClock } from '@tropa/db/test-life'
import { wakeRouter } from '@tropa/db/wake-router'
import { ClockDriver } from './clock-driver.ts'
import type { ImportDeps } from './import-deps.ts'

/** So few events of a run wait for the router at a time, so that live ones never stand far behind them. */
const mostWaiting = 200
const tickMs = 150
const hurryMs = 20
const lookMs = 500
const lagSeconds = { stop: 2, goOn: 0.5 }
/** How long after a change of speed due times are looked after. */
const unevenMs = 5_000
const longestTailMs = 400 * 86_400_000

/**
 * Lets staged events through as the virtual clock passes them, several slices a second, and moves the test enrollments
 * whose time has come, until none is left or a member stops the run, or pauses it and all that came before the pause is
 * in. While the engine is behind, the clock stands still, so the box keeps up.
 */
export async function feedToNextStop(deps: ImportDeps, row: ImportRow): Promise<void> {
  const { db, pool, beat } = deps
  const { workspaceId, id } = row
  const driver = new ClockDriver(deps)
  await startClock(db, workspaceId, id, row.secondsPerDay ?? 1)
  let isPaused = false
  let lookedAt = Number.NEGATIVE_INFINITY
  let pace = { secondsPerDay: row.secondsPerDay, unevenUntil: 0 }
  let lastFed = (await findClock(db, id))?.virtualNow ?? 0
  for (;;) {
    beat()
    if (performance.now() - lookedAt >= lookMs) {
      lookedAt = performance.now()
      const present = await findImport(db, workspaceId, id)
      isPaused = present?.status === 'paused'
      if (!isPaused && present?.status !== 'running') return
      if (present && present.secondsPerDay !== pace.secondsPerDay)
        pace = { secondsPerDay: present.secondsPerDay, unevenUntil: lookedAt + unevenMs }
      if (lookedAt < pace.unevenUntil) await straightenDue(db, id)
      if (!isPaused) await keepPace(db, id, driver.stuck)
    }
    const clock = await findClock(db, id)
    if (!clock || clock.ended) return
    const [waiting] = await waitingOnClock(pool, clock.id, mostWaiting)
    const { fed, left, caughtUp } = await feedSlice(db, id, mostWaiting - (waiting?.n ?? 0))
    if (fed > 0) {
      wakeRouter(db)
      lastFed = clock.virtualNow
    }
    if (isPaused && caughtUp) return
    const moved = await driver.turn(clock.id)
    const idle = !left && !(await hasTestLife(db, id, clock.id))
    if (idle || (!left && clock.virtualNow - lastFed > longestTailMs)) {
      await endClock(db, id)
      return
    }
    if (moved === 0) await sleep(fed === 0 || caughtUp ? tickMs : hurryMs)
  }
}

async function keepPace(db: ImportDeps['db'], importId: string, stuck: string[]): Promise<void> {
  const clock = await findClock(db, importId)
  if (!clock || clock.ended) return
  const behind = await secondsBehind(db, clock.id, stuck)
  if (!clock.paused && behind > lagSeconds.stop) await pauseClock(db, importId)
  if (clock.paused && behind < lagSeconds.goOn) await letClockGoOn(db, importId)
}
