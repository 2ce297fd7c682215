import type { StoredEnrollment } from '@tropa/db/enrollments'
import type { Transaction } from '@tropa/db/statement'
import { eventsBetween } from '@tropa/db/waits'
import {
  decide,
  type EnrollmentState,
  type EventFacts,
  formatInstant,
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
  const { entry, saved } = draft.state
  const names = [...new Set(rules.map(({ event }) => event))]
  const { upTo = Number.POSITIVE_INFINITY } = context
  const horizon = Math.min(clock ? horizonOf(pending) : now, upTo)
  if (horizon <= entry.occurredAt) return null
  const since = formatInstant(entry.occurredAt)
  const events = await eventsBetween(tx, personId, names, since, formatInstant(horizon), clock?.id ?? null)
  for (const stored of events) {
    const event = eventFacts(stored)
    if (event.id === entry.id) continue
    const reason = await reasonFor(plan, event, { entry, saved }, context.port)
    if (!reason) continue
    const at = clock ? Math.max(event.occurredAt, pending.enteredAt) : Math.max(now, pending.enteredAt)
    return {
      kind: 'input',
      input: { type: 'leave', reason, eventId: event.id },
      now: at,
      since: event.occurredAt,
    }
  }
  return null
}

/** In a compressed run a token looks only at events before the instant at which it moves on by itself. */
function horizonOf({ command, enteredAt }: Pending): number {
  return command.do === 'wait' || command.do === 'listen' ? command.until : enteredAt
}

async function reasonFor(
  plan: Plan,
  event: EventFacts,
  known: { entry: EventFacts; saved: Record<string, Record<string, unknown>> },
  port: Port,
): Promise<'goal_reached' | 'exit_rule' | null> {
  for (const rule of plan.settings.exitRules) {
    if (rule.event !== event.name) continue
    if (!rule.filter) return rule.reason
    const trace = await decide(rule.filter, { event, ...known }, port, event.occurredAt, [])
    if (trace.result === 'true') return rule.reason
  }
  return null
}
