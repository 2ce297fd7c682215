import { OpenAPIHono } from '@hono/zod-openapi'
import type { WorkingKey } from '@tropa/db/keys'
import type { Text } from '@tropa/journey'
import type { Context } from 'hono'
import type { ApiEnv, Deps } from '../context.ts'
import { Failure } from '../errors.ts'
import { type NoteCode, notes } from '../ingest/contacts.ts'
import { describeEventRoutes } from '../ingest/describe.ts'
import { type Arrival, type Item, type Read, readItem } from '../ingest/item.ts'
import { createKeyring } from '../ingest/keys.ts'
import { limits, type Refusal } from '../ingest/limits.ts'
import { createQueue, type QueueOptions } from '../ingest/queue.ts'
import { readBody } from '../ingest/read-body.ts'
import { refusals } from '../ingest/refusals.ts'
import { nameRetries } from '../ingest/retries.ts'
import { parseJson } from '../ingest/scan-json.ts'
import { createBacklogGuard, createBuckets } from '../ingest/throttle.ts'

export interface IngestOptions extends QueueOptions {
  /** What one key may send. */
  itemsPerSecond?: number
}

interface Answer {
  index: number
  messageId: string | null
  status: 'stored' | 'duplicate' | 'conflict' | 'rejected'
  /** The sender gave no message id; this one was made from the body. */
  derived?: true
  /** What was taken, but not for what it seems to be meant. */
  notes?: { code: NoteCode; path: string; detail: Text }[]
  code?: string
  path?: string
  detail?: Text
}

interface Envelope {
  key: WorkingKey
  body: unknown
  bytes: number
  receivedAt: number
}

const singles = ['track', 'identify', 'page', 'screen', 'group', 'alias'] as const
const clockSkew = { en: 'Send an ISO 8601 “sentAt”.', ru: 'Передайте «sentAt» в ISO 8601.' }

function refused(index: number, raw: unknown, { code, path }: Refusal): Answer {
  const told = typeof raw === 'object' && raw !== null && 'messageId' in raw ? raw.messageId : null
  const messageId = typeof told === 'string' ? told.slice(0, limits.messageIdLength) : null
  return { index, messageId, status: 'rejected', code, path, detail: refusals[code] }
}

/** What is told of an item that was taken, besides that it was. */
function remarksOn(read: Read | undefined): Pick<Answer, 'derived' | 'notes'> {
  const told = read?.notes.map(({ code, path }) => ({ code, path, detail: notes[code] })) ?? []
  return { ...(read?.derived ? { derived: true } : {}), ...(told.length > 0 ? { notes: told } : {}) }
}

function sentAtOf(body: unknown): number | null {
  const told = typeof body === 'object' && body !== null && 'sentAt' in body ? body.sentAt : null
  if (told === null || told === undefined) return null
  const at = typeof told === 'string' ? Date.parse(told) : Number.NaN
  if (Number.isNaN(at))
    throw new Failure('body_wrong', { issues: [{ path: 'sentAt', message: clockSkew.en }] })
  return at
}

function itemsOf(body: unknown): unknown[] {
  const list = typeof body === 'object' && body !== null && 'batch' in body ? body.batch : null
  if (!Array.isArray(list))
    throw new Failure('body_wrong', { issues: [{ path: 'batch', message: 'expected a list of events' }] })
  if (list.length > limits.batchItems) throw new Failure('batch_too_long')
  return list
}

/**
 * Any page may ask: write keys are public, open nothing but appending, and come without cookies. What a preflight asks
 * for cannot name its key, so only the request itself can be refused.
 */
function allowPages(c: Context): void {
  c.header('Access-Control-Allow-Origin', '*')
}

/** Refuses pages that may not send with the key; only those that may can read the answer. */
function checkPage(c: Context, { kind, origins }: WorkingKey): void {
  const origin = c.req.header('origin')
  if (kind === 'secret' && origin) throw new Failure('key_exposed')
  if (!origin || origins.length === 0) return
  c.header('Vary', 'Origin')
  c.header('Access-Control-Allow-Origin', origins.includes(origin) ? origin : undefined)
  if (!origins.includes(origin)) throw new Failure('origin_not_allowed')
}

const codes = { stored: 202, duplicate: 202, conflict: 409, rejected: 422 } as const

/** The routes that take events in, under `/v1`: Segment's shapes, one answer per item, given after the commit. */
export function eventRoutes(deps: Pick<Deps, 'db' | 'log'>, options: IngestOptions = {}) {
  const app = new OpenAPIHono<ApiEnv>()
  const keyOf = createKeyring(deps.db)
  const store = createQueue(deps.db, deps.log, options)
  const spend = createBuckets(options.itemsPerSecond ?? 50_000)
  const assertNoBacklog = createBacklogGuard(deps.db)

  async function open(c: Context<ApiEnv>): Promise<Envelope> {
    allowPages(c)
    const key = await keyOf(c.req.header('authorization'))
    checkPage(c, key)
    const text = await readBody(c.req.raw)
    return { key, body: parseJson(text), bytes: Buffer.byteLength(text), receivedAt: Date.now() }
  }

  async function storeAll(
    list: unknown[],
    { key, body, bytes, receivedAt }: Envelope,
    type?: Item['type'],
    history = false,
  ) {
    const arrival: Arrival = { key, receivedAt, sentAt: sentAtOf(body), history }
    const answers: Answer[] = []
    const reads: Read[] = []
    const places: number[] = []
    list.forEach((raw, index) => {
      const read = readItem(raw, arrival, { type, measure: bytes > limits.eventBytes })
      if ('refusal' in read) answers[index] = refused(index, raw, read.refusal)
      else places[reads.push(read) - 1] = index
    })
    const events = await nameRetries(deps.db, key.workspaceId, reads)
    const stored = await store(key.workspaceId, events, history)
    stored.forEach(({ status }, at) => {
      const index = places[at] ?? 0
      answers[index] = { index, messageId: events[at]?.messageId ?? null, status, ...remarksOn(reads[at]) }
    })
    return answers
  }

  for (const type of singles) {
    app.post(`/v1/${type}`, async (c) => {
      const envelope = await open(c)
      spend(envelope.key.id, 1)
      if (type === 'alias' && envelope.key.kind === 'write') throw new Failure('key_not_allowed')
      const [answer] = await storeAll([envelope.body], envelope, type)
      return c.json(answer, answer ? codes[answer.status] : 202)
    })
  }

  const batch = (history: boolean) => async (c: Context<ApiEnv>) => {
    const envelope = await open(c)
    if (history && envelope.key.kind === 'write') throw new Failure('key_not_allowed')
    const list = itemsOf(envelope.body)
    spend(envelope.key.id, list.length)
    if (!history) await assertNoBacklog()
    const items = await storeAll(list, envelope, undefined, history)
    const whole = items.every(({ status }) => status === 'stored' || status === 'duplicate')
    return c.json({ items }, whole ? 202 : 207)
  }
  app.post('/v1/batch', batch(false))
  app.post('/v1/import', batch(true))

  app.options('/v1/*', (c) => {
    allowPages(c)
    c.header('Access-Control-Allow-Methods', 'POST')
    c.header('Access-Control-Allow-Headers', 'authorization, content-type, content-encoding')
    c.header('Access-Control-Max-Age', '86400')
    return c.body(null, 204)
  })
  describeEventRoutes(app)
  return app
}
