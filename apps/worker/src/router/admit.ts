import { randomBytes, randomUUID } from 'node:crypto'
import type { StoredClock } from '@tropa/db/clocks'
import { type StoredEnrollment, takeEntrySlot } from '@tropa/db/enrollments'
import { entryKeyOf } from '@tropa/db/entry-key'
import type { NewRejection, OutboxEvent } from '@tropa/db/outbox'
import type { LiveEntry } from '@tropa/db/plans'
import type { Transaction } from '@tropa/db/statement'
import {
  type ConditionTrace,
  decide,
  type EventFacts,
  formatInstant,
  genesisHash,
  keyIn,
  newEnrollment,
  type PlanEntry,
} from '@tropa/journey'
import { eventFacts } from '../enrollment/event-facts.ts'
import { beginEnrollment, type LegDeps, type LegOutcome } from '../enrollment/leg.ts'
import { livePort } from '../enrollment/live-port.ts'

/** An event at a live way in. */
export interface Arrival {
  tx: Transaction
  event: OutboxEvent
  entry: LiveEntry
  clock: StoredClock | null
  /** The authority clock under the customer's lock. */
  now: number
  firstLeg: boolean
}

export type Admission =
  | { admitted: true; enrollmentId: string; outcome: LegOutcome }
  | { admitted: false; rejection: NewRejection }

/** Lets a customer in or says why not: pause, filter, age, key, then the re-entry rule as a unique key. */
export async function admit(deps: LegDeps, arrival: Arrival): Promise<Admission> {
  const { tx, event, entry, clock } = arrival
  if (entry.status === 'paused') return refused(arrival, 'journey_paused', null)
  const { plan } = await deps.plans.take(tx, entry.versionId)
  const way = plan.entries.find(({ node }) => node === entry.nodeId)
  if (!way) throw new Error(`Version ${entry.versionId} has no entry at ${entry.nodeId}`)
  const facts = eventFacts(event)
  const trace = await filterTrace(arrival, way, facts)
  if (trace && trace.result !== 'true')
    return refused(arrival, trace.result === 'false' ? 'entry_filter_false' : 'entry_unknown_data', trace)
  if (event.late) return refused(arrival, 'too_old', { occurredAt: event.occurredAt })
  const key = keyIn(way, facts)
  if (key === null)
    return refused(arrival, 'entry_key_missing', { missing: { property: way.keyProperty ?? '' } })
  const enrollmentId = randomUUID()
  const { reentry } = plan.settings
  const eventId = reentry.mode === 'always' ? event.id : null
  const entryKey = entryKeyOf({ key, eventId, clockId: clock?.id ?? null })
  const [slot] = await takeEntrySlot(
    tx,
    entry.journeyId,
    event.customerId,
    entryKey,
    enrollmentId,
    formatInstant(event.occurredAt),
    reentry.mode,
    reentry.mode === 'after_days' ? reentry.days : 0,
  )
  if (!slot) return refused(arrival, 'reentry_not_allowed', { reentry })
  return begin(deps, arrival, facts, enrollmentId, entryKey)
}

async function begin(
  deps: LegDeps,
  arrival: Arrival,
  facts: EventFacts,
  enrollmentId: string,
  entryKey: string,
): Promise<Admission> {
  const { tx, event, entry, clock, now } = arrival
  const enrollment: StoredEnrollment = {
    id: enrollmentId,
    workspaceId: event.workspaceId,
    journeyId: entry.journeyId,
    versionId: entry.versionId,
    customerId: event.customerId,
    personId: event.customerId,
    entryKey,
    entryNode: entry.nodeId,
    status: 'active',
    state: newEnrollment(facts),
    salt: randomBytes(16).toString('base64url'),
    headHash: genesisHash,
    clock,
    requests: [],
    dueAt: null,
    started: false,
    now,
  }
  const beginning = {
    entryKey,
    entryNode: entry.nodeId,
    entryEventId: event.id,
    salt: enrollment.salt,
    enteredAt: clock ? event.occurredAt : now,
  }
  const outcome = await beginEnrollment(deps, tx, enrollment, beginning, arrival.firstLeg)
  return { admitted: true, enrollmentId, outcome }
}

async function filterTrace(
  { tx, event, clock }: Arrival,
  way: PlanEntry,
  facts: EventFacts,
): Promise<ConditionTrace | null> {
  if (!way.filter) return null
  const port = livePort(tx, event.customerId, clock?.id ?? null)
  return decide(way.filter, { event: facts }, port, event.occurredAt, [])
}

function refused({ event, entry }: Arrival, reason: string, trace: unknown): Admission {
  return {
    admitted: false,
    rejection: {
      workspaceId: event.workspaceId,
      journeyId: entry.journeyId,
      customerId: event.customerId,
      eventId: event.id,
      reason,
      trace,
    },
  }
}
