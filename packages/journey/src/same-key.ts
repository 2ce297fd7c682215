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

type Passage = Pick<EnrollmentState, 'entry' | 'visits'>

/** The entry a passage came in by. */
function wayOf({ entries }: Pick<Plan, 'entries'>, { visits }: Passage): EntryRule | undefined {
  return entries.find(({ node }) => own(visits, node) !== undefined)
}

/**
 * The property by which a passage is told from others of its customer, and the value that is its own; `null` where
 * none are told apart.
 */
export function ownKeyOf(
  plan: Pick<Plan, 'entries'>,
  passage: Passage,
): { property: string; value: string } | null {
  const way = wayOf(plan, passage)
  const value = way && keyIn(way, passage.entry)
  return way?.keyProperty && value ? { property: way.keyProperty, value } : null
}

/**
 * Whether an event is about the passage of `state`: always, unless its entry separates passages by a property and the
 * event carries another value of it. An event without the property is about the customer, so about each passage.
 */
export function isOfSameKey(plan: Pick<Plan, 'entries'>, state: Passage, event: EventFacts): boolean {
  const way = wayOf(plan, state)
  if (!way?.keyProperty) return true
  const key = keyIn(way, event)
  return key === null || key === keyIn(way, state.entry)
}
