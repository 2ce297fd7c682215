import { percentile } from './figures.ts'
import type { TropaContender } from './tropa-contender.ts'

/** How long events waited for their first message, milliseconds. */
export interface LatencyFigures {
  eventsPerSecond: number
  events: number
  /** Events that were stored later than planned by more than 50 ms: then the load was lighter than said. */
  lateStarts: number
  p50: number
  p95: number
  p99: number
  longest: number
}

const lateMs = 50
const patienceMs = 120_000

/**
 * Stores events at a steady rate, whatever becomes of them (an open loop), and reads from the record how long each
 * took from being accepted (`events.received_at`) to the first attempt to send (`attempts.started_at`).
 */
export async function measureLatency(
  tropa: TropaContender,
  eventsPerSecond: number,
  seconds: number,
): Promise<LatencyFigures> {
  const events = Math.max(20, Math.round(eventsPerSecond * seconds))
  const starts = await tropa.prepare(events)
  const { ended: before } = await tropa.progress()
  const [mark] = await tropa.world.rows<{ id: number }>('select coalesce(max(id), 0)::int as id from events')
  const startedAt = performance.now()
  const stored: Promise<void>[] = []
  let lateStarts = 0
  for (const [index, start] of starts.entries()) {
    const planned = startedAt + (index * 1_000) / eventsPerSecond
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, planned - performance.now())))
    if (performance.now() - planned > lateMs) lateStarts += 1
    stored.push(start())
  }
  await Promise.all(stored)
  await untilEnded(tropa, before + events)
  const rows = await tropa.world.rows<{ ms: number }>(firstAttempts, [mark?.id ?? 0])
  if (rows.length !== events)
    throw new Error(`${events - rows.length} of ${events} events have no attempt to send.`)
  const sample = rows.map(({ ms }) => ms)
  return {
    eventsPerSecond,
    events,
    lateStarts,
    p50: percentile(sample, 0.5),
    p95: percentile(sample, 0.95),
    p99: percentile(sample, 0.99),
    longest: Math.max(...sample),
  }
}

const firstAttempts = `select (extract(epoch from min(a.started_at) - v.received_at) * 1000)::float8 as ms
  from events v
  join enrollments e on e.entry_event_id = v.id
  join messages m on m.enrollment_id = e.id
  join attempts a on a.message_id = m.id
  where v.id > $1 group by v.id, v.received_at`

async function untilEnded(tropa: TropaContender, ended: number): Promise<void> {
  const patience = performance.now() + patienceMs
  while ((await tropa.progress()).ended < ended) {
    if (performance.now() > patience) throw new Error('The enrollments of the latency run did not end.')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
