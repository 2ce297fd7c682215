import { type Text, yesOrNo } from '@tropa/journey'
import type { Answer, Routes, Row } from '../api.ts'
import type { Language } from '../i18n/setup.ts'

/** A customer as a list shows them. */
export type CustomerRow = Row<Routes['customers']['$get']>

export type Consent = Customer['consents'][number]

/** A customer's whole card. */
export type Customer = Answer<Routes['customers'][':id']['$get']>

/** One thing that happened to a customer. */
export type TimelineItem = { at: string; id: string /** It happened on a fast clock. */; test?: boolean } & (
  | { type: 'event'; name: string; properties: Record<string, unknown>; source: string; receivedAt: string }
  | {
      type: 'message'
      messageId: string
      channel: string
      subject: string | null
      /** The template's name; nothing when it is gone. */
      template: string | null
      status: string
      reason: string | null
      /** What stands in its way, in a sentence. */
      sentence?: Text
      enrollmentId: string
      journeyId: string
      node: string
      /** The step that sent it. */
      seq: number
    }
  | {
      type: 'enrollment'
      enrollmentId: string
      journeyId: string
      journeyName: string
      what: 'entered' | 'ended'
      reason: string | null
      /** Why it ended, in a sentence. */
      sentence?: Text
    }
  | {
      type: 'enrollment'
      enrollmentId: string
      journeyId: string
      journeyName: string
      what: 'moved'
      /** The event that ended a wait, and the step it ended. */
      event: string
      seq: number
    }
  | { type: 'consent'; channel: string; topic: string; state: 'granted' | 'revoked'; source: string }
  | {
      type: 'rejection'
      journeyId: string | null
      journeyName: string | null
      reason: string
      sentence: Text
      trace: unknown
    }
)

/** The sorts of timeline items in the order of the filter. */
export const timelineTypes = ['event', 'message', 'enrollment', 'consent', 'rejection'] as const

export type TimelineType = (typeof timelineTypes)[number]

/** What a customer is called: name attributes first, then an identity, or nothing known. */
export function nameOf({
  attributes,
  identifiers,
}: Pick<Customer, 'attributes' | 'identifiers'>): string | null {
  const word = (name: string) =>
    typeof attributes[name] === 'string' ? (attributes[name] as string).trim() : ''
  const full = [word('first_name') || word('firstName'), word('last_name') || word('lastName')]
    .filter(Boolean)
    .join(' ')
  if (full || word('name')) return full || word('name')
  const identity = ['email', 'external_id', 'phone', 'anonymous_id']
    .map((type) => identifiers.find((identifier) => identifier.type === type))
    .find((found) => found !== undefined)
  return identity?.value ?? null
}

export type ChannelState = 'reachable' | 'unsubscribed' | 'noConsent' | 'noAddress' | 'suppressed'

/** Whether marketing can reach the customer by email, and what stands in the way if not. */
export function emailState(
  customer: Pick<Customer, 'identifiers' | 'consents' | 'suppressed'>,
): ChannelState {
  if (!customer.identifiers.some(({ type }) => type === 'email')) return 'noAddress'
  if (customer.suppressed) return 'suppressed'
  const whole = customer.consents.find(({ channel, topic }) => channel === 'email' && topic === '')
  if (!whole) return 'noConsent'
  return whole.state === 'granted' ? 'reachable' : 'unsubscribed'
}

/** Whether a value is a list or a group of values: it is shown and never typed. */
export function isComposite(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

/**
 * A typed attribute from what a member wrote: number, yes/no or text; `null` for nothing, which clears it. What reads
 * as it did before stays as it was: a text of digits does not become a number by being opened. Numbers
 * and yes or no may be written as the language shows them; in place of a text, or in capitals like a code, “no” is a text.
 */
export function attributeFrom(
  typed: string,
  language: Language,
  before?: unknown,
): string | number | boolean | null {
  if (typeof before === 'string' && typed === before) return before
  const text = typed.trim()
  if (text === '') return null
  const mayBeAnswer = typeof before !== 'string' && text !== text.toUpperCase()
  for (const answer of [true, false])
    if (text === String(answer) || (mayBeAnswer && text.toLowerCase() === yesOrNo(answer)[language]))
      return answer
  const number = language === 'ru' ? text.replace(',', '.') : text
  if (/^-?(0|[1-9]\d{0,14})(\.\d+)?$/.test(number)) return Number(number)
  return text
}

/** Why a new attribute cannot have a name: another one has it, of one value or of several. */
export function nameTaken(
  attributes: Record<string, unknown>,
  name: string,
): 'nameKnown' | 'nameOfGroup' | null {
  if (!Object.hasOwn(attributes, name)) return null
  return isComposite(attributes[name]) ? 'nameOfGroup' : 'nameKnown'
}

/** The time on the customer's wall, or nothing when the zone is unknown to this browser. */
export function localTime(timeZone: string, now: number, tag: string): string | null {
  try {
    return new Intl.DateTimeFormat(tag, {
      hour: '2-digit',
      minute: '2-digit',
      weekday: 'short',
      timeZone,
    }).format(now)
  } catch {
    return null
  }
}
