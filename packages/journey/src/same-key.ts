import type { EnrollmentState } from './enrollment.ts'
import type { EntryRule, EventFacts } from './node.ts'
import { own } from './own.ts'
import type { Plan } from './plan.ts'

const longestKey = 200

/** The value by which an entry tells a customer's passages apart: empty without a property, `null` when the event carries none. */
export function keyIn({ keyProperty }: Pick<EntryRule, 'keyProperty'>, event: EventFacts): string | null {
  if (!keyProperty) return ''
  const value = own(event.properties, keyProperty)
  if (typeof value !== 'string' && typeof value !== 'number') return null
  const key = String(value).slice(0, longestKey)
  return key === '' ? null : key
}

/**
 * Whether an event is about the passage of `state`: always, unless its entry separates passages by a property and the
 * event carries another value of it. An event without the property is about the customer, so about each passage.
 */
export function isOfSameKey(
  plan: Plan,
  { entry, visits }: Pick<EnrollmentState, 'entry' | 'visits'>,
  event: EventFacts,
): boolean {
  const way = plan.entries.find(({ node }) => own(visits, node) !== undefined)
  if (!way?.keyProperty) return true
  const key = keyIn(way, event)
  return key === null || key === keyIn(way, entry)
}
