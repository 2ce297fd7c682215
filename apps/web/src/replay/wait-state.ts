import { useRef } from 'react'
import { useNow } from '../lists/use-now.ts'
import type { FastClock, PendingView } from './enrollment.ts'

/** How a wait for a time stands: how long is left on its own clock, or that its time has come and what holds it up. */
export type WaitState =
  | { is: 'counting'; left: number }
  | { is: 'moving' }
  | { is: 'late'; by: number }
  | { is: 'standing'; clock: 'behind' | 'paused' | 'ended' }

/** So long after its instant a wake-up is nothing to speak of. */
const graceMs = 5_000

/** The instant an enrollment's own clock shows: real time, or that of a fast clock as it was read at `readAt`. */
export function journeyNow(clock: FastClock | null, readAt: number, now: number): number {
  if (!clock) return now
  const shown = new Date(clock.virtualNow).getTime()
  return clock.state === 'running' ? shown + Math.max(0, now - readAt) * clock.scale : shown
}

/** How a wait stands; `now` is real time, `shown` what the enrollment's own clock shows. Null while it waits for no time. */
export function waitState(
  { dueAt, realDueAt }: Pick<PendingView, 'dueAt' | 'realDueAt'>,
  clock: FastClock | null,
  now: number,
  shown: number,
): WaitState | null {
  if (dueAt === null) return null
  const left = new Date(dueAt).getTime() - shown
  if (left > 0) return { is: 'counting', left }
  if (clock && clock.state !== 'running') return { is: 'standing', clock: clock.state }
  const by = now - new Date(realDueAt ?? dueAt).getTime()
  return by < graceMs ? { is: 'moving' } : { is: 'late', by }
}

/** What a clock has shown last, and of which run. */
export interface LastShown {
  run: string | null
  at: number
}

/** What a clock shows next: within one run never an earlier time than before, though it may have run ahead meanwhile. */
export function shownNext(before: LastShown, run: string | null, at: number): LastShown {
  return { run, at: run !== null && before.run === run ? Math.max(before.at, at) : at }
}

/** Real time and the time of an enrollment's own clock, ticking every second. */
export function useJourneyNow(clock: FastClock | null): { now: number; shown: number } {
  const now = useNow(1000)
  const read = useRef({ told: '', at: 0 })
  const told = clock?.virtualNow ?? ''
  if (read.current.told !== told) read.current = { told, at: Date.now() }
  const last = useRef<LastShown>({ run: null, at: 0 })
  last.current = shownNext(last.current, clock?.importId ?? null, journeyNow(clock, read.current.at, now))
  return { now, shown: last.current.at }
}
