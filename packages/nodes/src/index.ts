import type { AnyKind } from '@tropa/journey'
import { condition } from './condition.ts'
import { eventEntry } from './event-entry.ts'
import { exit } from './exit.ts'
import { goal } from './goal.ts'
import { randomSplit } from './random-split.ts'
import { sendEmail } from './send-email.ts'
import { updateCustomer } from './update-customer.ts'
import { wait } from './wait.ts'
import { waitEvent } from './wait-event.ts'

/** Every kind, in palette order. A new kind is one new file and one word here. */
export const kinds: readonly AnyKind[] = [
  eventEntry,
  wait,
  waitEvent,
  condition,
  randomSplit,
  sendEmail,
  updateCustomer,
  goal,
  exit,
]

export { type Field, type FieldKind, type FieldMeta, fieldsOf } from './fields.ts'
