import type { Input } from '@tropa/journey'

/** Either something ends the pending visit, at the instant `now`; or there is time to sleep, or a message to deliver. */
export type Found =
  | { kind: 'input'; input: Input; now: number; since: number }
  | { kind: 'sleep'; forMs: number }
  | { kind: 'send'; messageId: string }

/** An exit rule's event: `since` is the instant it happened. */
export type ExitFound = Extract<Found, { kind: 'input' }>
