import { createHash } from 'node:crypto'
import type { EventItem } from '@tropa/db/events'
import type { Identifier } from '@tropa/db/identities'
import type { WorkingKey } from '@tropa/db/keys'
import { lateWindowDays } from '@tropa/db/late-window'
import { canonicalJson, parseInstant } from '@tropa/journey'
import { z } from 'zod'
import { findBreach } from '../breach.ts'
import { contactsOf, type NoteCode } from './contacts.ts'
import { limits, type Refusal, type RefusalCode } from './limits.ts'

const id = z.union([z.string(), z.number()]).nullish()
const record = z.record(z.string(), z.unknown())

/** A consent as a server may state it with an identify. */
export const consentShape = z.object({
  channel: z.string().min(1).max(40),
  topic: z.string().max(100).optional(),
  state: z.enum(['granted', 'revoked']),
  source: z.string().min(1).max(500),
})

/** One event in Segment's shape; unknown members are ignored. */
export const itemShape = z.object({
  type: z.enum(['track', 'identify', 'page', 'screen', 'group', 'alias']).optional(),
  event: z.string().optional(),
  name: z.string().nullish(),
  category: z.string().nullish(),
  userId: id,
  anonymousId: id,
  previousId: id,
  groupId: id,
  properties: record.nullish(),
  traits: record.nullish(),
  consents: z.array(consentShape).max(20).optional(),
  context: z
    .looseObject({ traits: record.nullish(), timezone: z.string().nullish(), locale: z.string().nullish() })
    .nullish(),
  timestamp: z
    .union([z.string(), z.number()])
    .nullish()
    .describe(
      `When it happened; now if left out. More than ${lateWindowDays} days ago: stored, but it starts and wakes nothing.`,
    ),
  messageId: z.string().nullish(),
})

export type Item = z.infer<typeof itemShape>

/** What a whole request says about its items. */
export interface Arrival {
  key: WorkingKey
  receivedAt: number
  /** The sender's clock when the request left, if told. */
  sentAt: number | null
  /** Old events sent later: their own times are taken as they are. */
  history: boolean
}

class Refused extends Error {
  constructor(
    readonly code: RefusalCode,
    readonly path: string,
  ) {
    super(code)
  }
}

const fiveSeconds = 5_000
const fiveMinutes = 300_000
const earliest = Date.UTC(1900, 0, 1)
const latest = Date.UTC(2200, 0, 1)

/** When it happened: corrected when the sender's clock is off, never more than five minutes in the future. */
export function occurredAt(timestamp: Item['timestamp'], { sentAt, receivedAt, history }: Arrival): number {
  if (timestamp === null || timestamp === undefined || timestamp === '') return receivedAt
  const told = parseInstant(timestamp)
  if (told === null || told < earliest || told > latest) throw new Refused('timestamp_wrong', 'timestamp')
  if (history) return Math.min(told, receivedAt)
  const skew = sentAt === null ? 0 : receivedAt - sentAt
  const corrected = Math.abs(skew) > fiveSeconds ? told + skew : told
  return corrected > receivedAt + fiveMinutes ? receivedAt : corrected
}

function textOf(value: Item['userId'], path: string): string | null {
  if (value === null || value === undefined) return null
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) throw new Refused('number_too_large', path)
  const text = String(value).trim()
  if (text.length > limits.identifierLength) throw new Refused('identifier_too_long', path)
  return text === '' ? null : text
}

function identifiersOf(item: Item, contacts: Identifier[]): Identifier[] {
  const external = textOf(item.userId, 'userId')
  const anonymous = textOf(item.anonymousId, 'anonymousId')
  const found: Identifier[] = []
  if (external) found.push({ type: 'external_id', value: external })
  if (anonymous) found.push({ type: 'anonymous_id', value: anonymous })
  found.push(...contacts)
  return found
}

function nameOf(item: Item, type: NonNullable<Item['type']>): string {
  if (type !== 'track') return `$${type}`
  const name = item.event?.trim() ?? ''
  if (name === '' || name.length > limits.nameLength) throw new Refused('name_missing', 'event')
  if (name.startsWith('$')) throw new Refused('name_reserved', 'event')
  return name
}

function propertiesOf(item: Item, type: NonNullable<Item['type']>): Record<string, unknown> {
  if (type === 'identify') return { ...item.traits }
  if (type === 'alias') return { previousId: item.previousId ?? null }
  if (type === 'group') return { ...item.traits, groupId: item.groupId ?? null }
  const named = {
    ...(item.name ? { name: item.name } : {}),
    ...(item.category ? { category: item.category } : {}),
  }
  return type === 'track' ? { ...item.properties } : { ...named, ...item.properties }
}

const zones = new Map<string, boolean>()

function isZone(zone: unknown): zone is string {
  if (typeof zone !== 'string' || zone.length > 64) return false
  const known = zones.get(zone)
  if (known !== undefined) return known
  if (zones.size > 2_000) zones.clear()
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    zones.set(zone, true)
  } catch {
    zones.set(zone, false)
  }
  return zones.get(zone) === true
}

function languageOf(value: unknown): string | undefined {
  const match = typeof value === 'string' ? /^([a-z]{2,3})([-_]|$)/i.exec(value) : null
  return match?.[1]?.toLowerCase()
}

/** The hash of what was sent, without what a retry may change. */
function hashOf(raw: object): string {
  const { sentAt: _, ...body } = raw as Record<string, unknown>
  return createHash('sha256').update(canonicalJson(body)).digest('hex')
}

/** How long the same body without id and timestamp is taken for a retry: this long for sure, twice as long at most. */
export const retryWindowMs = 600_000

interface Named {
  messageId: string
  /** The id the same body got just before, under which a retry finds its event. */
  formerId?: string
}

/**
 * The sender's message id, or one derived from key and body. With a timestamp an equal body is the same event for good;
 * without one it is the same only for a while, since a customer may well do the same thing again tomorrow.
 */
function nameIt(item: Item, { key, receivedAt }: Arrival, hash: string): Named {
  const told = item.messageId?.trim()
  if (told && told.length > limits.messageIdLength) throw new Refused('message_id_too_long', 'messageId')
  if (told) return { messageId: told }
  const derived = (during: string) =>
    `body:${createHash('sha256').update(`${key.id}.${hash}${during}`).digest('hex')}`
  if (item.timestamp) return { messageId: derived('') }
  const window = Math.floor(receivedAt / retryWindowMs)
  return { messageId: derived(`.${window}`), formerId: derived(`.${window - 1}`) }
}

function assertMaySay(item: Item, type: string, identifiers: Identifier[]): void {
  if (identifiers.some((one) => one.type !== 'anonymous_id')) throw new Refused('needs_secret_key', 'userId')
  if (type === 'alias') throw new Refused('needs_secret_key', 'previousId')
  if (item.consents) throw new Refused('needs_secret_key', 'consents')
}

function build(item: Item, raw: object, type: NonNullable<Item['type']>, arrival: Arrival): Read {
  const said = type === 'identify' ? { ...item.traits } : { ...item.context?.traits }
  const contacts = contactsOf(said)
  const identifiers = identifiersOf(item, contacts.found)
  const traits = type === 'identify' ? 'traits' : 'context.traits'
  const notes = contacts.unusable.map(({ code, trait }) => ({ code, path: `${traits}.${trait}` }))
  if (identifiers.length === 0) throw new Refused('customer_missing', notes[0]?.path ?? 'userId')
  if (arrival.key.kind === 'write') assertMaySay(item, type, identifiers)
  const previous = type === 'alias' ? textOf(item.previousId, 'previousId') : null
  if (type === 'alias' && !previous) throw new Refused('customer_missing', 'previousId')
  const hash = hashOf(raw)
  const { messageId, formerId } = nameIt(item, arrival, hash)
  const { timezone, timeZone = timezone ?? item.context?.timezone, language, locale } = said
  const event: EventItem = {
    messageId,
    name: nameOf(item, type),
    properties: propertiesOf(item, type),
    occurredAt: occurredAt(item.timestamp, arrival),
    bodyHash: hash,
    identifiers,
    previous: previous ?? undefined,
    traits: Object.keys(said).length > 0 ? said : undefined,
    timeZone: isZone(timeZone) ? timeZone : undefined,
    language: languageOf(language ?? locale ?? item.context?.locale),
    consents: item.consents,
  }
  return { event, derived: !item.messageId?.trim(), formerId, notes }
}

/** An item that can be stored. */
export interface Read {
  event: EventItem
  /** The sender gave no message id. */
  derived: boolean
  formerId: string | undefined
  /** What of it was taken, but not for what it seems to be meant. */
  notes: { code: NoteCode; path: string }[]
}

/** Reads one item of a request: an event to store, or why it is refused. `type` is given by the single routes. */
export function readItem(
  raw: unknown,
  arrival: Arrival,
  { type, measure }: { type?: Item['type']; measure: boolean },
): Read | { refusal: Refusal } {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw))
    return { refusal: { code: 'not_an_object', path: '' } }
  const breach = findBreach(raw, limits)
  if (breach) return { refusal: breach }
  if (measure && Buffer.byteLength(JSON.stringify(raw)) > limits.eventBytes)
    return { refusal: { code: 'event_too_large', path: '' } }
  const parsed = itemShape.safeParse(raw)
  if (!parsed.success) {
    const path = parsed.error.issues[0]?.path.join('.') ?? ''
    return { refusal: { code: path === 'type' ? 'type_unknown' : 'shape_wrong', path } }
  }
  const kind = type ?? parsed.data.type
  if (!kind) return { refusal: { code: 'type_unknown', path: 'type' } }
  try {
    return build(parsed.data, raw, kind, arrival)
  } catch (error) {
    if (error instanceof Refused) return { refusal: { code: error.code, path: error.path } }
    throw error
  }
}
