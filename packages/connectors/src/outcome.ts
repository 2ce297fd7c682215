import type { Text } from '@tropa/journey'

/** How one delivery attempt can end; `ambiguous` means the provider may have accepted the message. */
export type OutcomeClass = 'accepted' | 'not_sent' | 'rejected' | 'throttled' | 'ambiguous'

/** Whom a failed attempt concerns: this message, this recipient, this sender, or everybody on the connection. */
export type DeliveryScope = 'message' | 'recipient' | 'sender' | 'connection'

/** The canonical reasons every connector maps its provider's errors to. */
export const deliveryReasons = [
  'opted_out',
  'invalid_recipient',
  'blocked',
  'sender_unregistered',
  'throttled',
  'auth',
  'content_rejected',
  'unknown',
  'not_permitted',
  'window_closed',
  'unreachable',
  'no_funds',
  'provider_capped',
  'network',
] as const

export type DeliveryReason = (typeof deliveryReasons)[number]

/** The provider took responsibility for the message. */
export interface Accepted {
  outcome: 'accepted'
  /** The provider's own id of the message, when it told one. */
  providerId: string | null
  detail?: Text
}

/** The attempt ended without an acceptance; `detail` is our own sentence in both languages and holds no personal data. */
export interface Refused {
  outcome: Exclude<OutcomeClass, 'accepted'>
  scope: DeliveryScope
  reason: DeliveryReason
  /** Wait at least this long before the next attempt. */
  retryAfterMs?: number
  /** The provider's code as it stands in its documentation, such as `550 5.1.1`. */
  code?: string
  detail: Text
}

export type DeliveryResult = Accepted | Refused
