import type { Evaluate } from './condition/evaluate.ts'
import { decide } from './decide.ts'
import type { EnrollmentState, Pending } from './enrollment.ts'
import type { EventFacts } from './node.ts'
import type { Plan } from './plan.ts'
import type { Port } from './port.ts'
import { isOfSameKey } from './same-key.ts'

/** An event that an exit rule wants, and what the rule calls the end. */
export interface Leaving {
  event: EventFacts
  reason: 'goal_reached' | 'exit_rule'
}

/**
 * The first of `events`, in order of time, after the entry that an exit rule wants; its filter must be true, not unknown.
 * Events of another passage's key do not count.
 */
export async function findLeaving(
  plan: Plan,
  events: EventFacts[],
  state: EnrollmentState,
  port: Port,
  evaluate?: Evaluate,
): Promise<Leaving | null> {
  const { entry, saved } = state
  for (const event of events) {
    if (event.id === entry.id || event.occurredAt <= entry.occurredAt) continue
    if (!isOfSameKey(plan, state, event)) continue
    for (const rule of plan.settings.exitRules) {
      if (rule.event !== event.name) continue
      if (!rule.filter) return { event, reason: rule.reason }
      const known = { event, entry, saved }
      const trace = await decide(rule.filter, known, port, event.occurredAt, [], evaluate)
      if (trace.result === 'true') return { event, reason: rule.reason }
    }
  }
  return null
}

/** Until when a token that stands at `pending` looks for events to leave by: the instant at which it moves on by itself. */
export function leavesUntil({ command, enteredAt }: Pending): number {
  return command.do === 'wait' || command.do === 'listen' ? command.until : enteredAt
}
