import { lockCustomers, makeDue } from '@tropa/db/enrollments'
import { keepRejections, type NewRejection, type OutboxEvent } from '@tropa/db/outbox'
import type { Transaction } from '@tropa/db/statement'
import { type LegDeps, runLeg } from '../enrollment/leg.ts'
import type { Launch } from '../launcher.ts'
import { admit } from './admit.ts'
import { Surroundings } from './surroundings.ts'

export interface RouteDeps extends LegDeps {
  /** Whether legs that perform no effect run here, in the transaction that routes the event. */
  legsInRouter: boolean
}

/**
 * Routes events that were just taken from the outbox, in their order, inside the same transaction. Answers what Temporal
 * is to be told once it has committed.
 */
export async function routeEvents(
  deps: RouteDeps,
  tx: Transaction,
  events: OutboxEvent[],
): Promise<Launch[]> {
  const customers = [...new Set(events.map(({ customerId }) => customerId))]
  const [locked] = await lockCustomers(tx, customers)
  const around = await Surroundings.read(tx, deps.plans, events)
  const launches = new Map<string, Launch | null>()
  const rejections: NewRejection[] = []
  for (const event of events) {
    const woken = event.late ? [] : await around.concernedBy(event)
    const admitted = await enter(deps, tx, around, event, locked?.now ?? 0, rejections)
    for (const launch of admitted) launches.set(launch.enrollmentId, launch)
    for (const id of woken) {
      const launch = await wake(deps, tx, event, id)
      if (launch !== 'as_before') launches.set(id, launch)
      around.touch(event.customerId)
    }
  }
  await keepRejections(tx, rejections)
  return [...launches.values()].filter((launch) => launch !== null)
}

async function enter(
  deps: RouteDeps,
  tx: Transaction,
  around: Surroundings,
  event: OutboxEvent,
  now: number,
  rejections: NewRejection[],
): Promise<Launch[]> {
  const launches: Launch[] = []
  const entered = new Set<string>()
  const clock = around.clockOf(event)
  if (event.clockId !== null && (clock === null || clock.endedAt !== null)) return launches
  for (const entry of around.entriesFor(event)) {
    if (entered.has(entry.journeyId)) continue
    const admission = await admit(deps, { tx, event, entry, clock, now, firstLeg: deps.legsInRouter })
    if (!admission.admitted) {
      rejections.push(admission.rejection)
      continue
    }
    entered.add(entry.journeyId)
    around.touch(event.customerId)
    const { next } = admission.outcome
    const ids = { workspaceId: event.workspaceId, enrollmentId: admission.enrollmentId }
    if (next.do === 'sleep') launches.push({ ...ids, do: 'start', forMs: next.forMs })
    if (next.do === 'send') launches.push({ ...ids, do: 'start', forMs: 0, messageId: next.messageId })
  }
  return launches
}

/** The launch this event makes necessary, `null` when none is any more, `as_before` when it changes nothing. */
async function wake(
  deps: RouteDeps,
  tx: Transaction,
  event: OutboxEvent,
  enrollmentId: string,
): Promise<Launch | null | 'as_before'> {
  const ids = { workspaceId: event.workspaceId, enrollmentId }
  if (!deps.legsInRouter) {
    await makeDue(tx, [enrollmentId])
    return { ...ids, do: 'wake', started: false }
  }
  const { next, moved, enrollment } = await runLeg(deps, tx, enrollmentId, event.occurredAt)
  if (!moved || !enrollment) return 'as_before'
  const { started, dueAt, now } = enrollment
  if (next.do === 'end') return started ? { ...ids, do: 'finish' } : null
  if (next.do === 'send') return { ...ids, do: 'move', started, next }
  if (!started) return { ...ids, do: 'start', forMs: next.forMs }
  const sooner = dueAt === null || now + next.forMs < dueAt
  return sooner ? { ...ids, do: 'move', started, next } : 'as_before'
}
