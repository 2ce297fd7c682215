import type { StoredEnrollment } from '@tropa/db/enrollments'
import type { Transaction } from '@tropa/db/statement'
import { eventsBetween } from '@tropa/db/waits'
import {
  type EnrollmentState,
  findLeaving,
  formatInstant,
  leavesUntil,
  type Pending,
  type Plan,
  type Port,
} from '@tropa/journey'
import { eventFacts } from './event-facts.ts'
import type { ExitFound } from './found.ts'

/** An enrollment and the means to look at its customer's events. */
export interface ExitContext {
  tx: Transaction
  plan: Plan
  port: Port
  upTo?: number | undefined
  draft: { state: EnrollmentState; enrollment: Pick<StoredEnrollment, 'personId' | 'clock' | 'now'> }
}

/** Looks for an event since the entry that an exit rule names, routed or not: at each leg and right before each send. */
export async function findExit(context: ExitContext, pending: Pending): Promise<ExitFound | null> {
  const { draft, plan, tx } = context
  const rules = plan.settings.exitRules
  if (rules.length === 0) return null
  const { personId, clock, now } = draft.enrollment
  const { entry } = draft.state
  const names = [...new Set(rules.map(({ event }) => event))]
  const { upTo = Number.POSITIVE_INFINITY } = context
  const horizon = Math.min(clock ? leavesUntil(pending) : now, upTo)
  if (horizon <= entry.occurredAt) return null
  const since = formatInstant(entry.occurredAt)
  const stored = await eventsBetween(tx, personId, names, since, formatInstant(horizon), clock?.id ?? null)
  const leaving = await findLeaving(plan, stored.map(eventFacts), draft.state, context.port)
  if (!leaving) return null
  const { event, reason } = leaving
  return {
    kind: 'input',
    input: { type: 'leave', reason, eventId: event.id },
    now: Math.max(clock ? event.occurredAt : now, pending.enteredAt),
    since: event.occurredAt,
  }
}
