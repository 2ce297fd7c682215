import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { migrate, type OpenDatabase, openDatabase, tables } from '@tropa/db'
import { eq, sql } from 'drizzle-orm'
import { Hono } from 'hono'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDatabase, type TestDatabase } from '../../../../tests/setup/use-services.ts'
import type { ApiEnv } from '../context.ts'
import { onError } from '../errors.ts'
import { openLog } from '../log.ts'
import { eventRoutes } from './events.ts'

let database: TestDatabase
let open: OpenDatabase
let app: Hono<ApiEnv>
let counter = 0

const secret = 'sk_test_secret'
const write = 'wk_test_write'

beforeAll(async () => {
  database = await createDatabase()
  await migrate(database.url)
  open = openDatabase(database.url)
  const row = (kind: 'write' | 'secret', key: string) => ({
    workspaceId: 'ws',
    kind,
    name: kind,
    hash: createHash('sha256').update(key).digest('hex'),
    lastFour: key.slice(-4),
  })
  await open.db.insert(tables.apiKeys).values([row('secret', secret), row('write', write)])
  app = new Hono<ApiEnv>()
  app.onError(onError)
  app.route('/', eventRoutes({ db: open.db, log: openLog('silent') }))
})
afterAll(async () => {
  await open.close()
  await database.drop()
})

interface Call {
  key?: string | null
  headers?: Record<string, string>
}

async function post(path: string, body: unknown, { key = secret, headers = {} }: Call = {}) {
  const raw = typeof body === 'string' || body instanceof Uint8Array
  const response = await app.request(`/v1/${path}`, {
    method: 'POST',
    body: (raw ? body : JSON.stringify(body)) as RequestInit['body'],
    headers: {
      'content-type': 'application/json',
      ...(key ? { authorization: `Bearer ${key}` } : {}),
      ...headers,
    },
  })
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : null }
}

const track = (rest: object = {}) => ({ event: 'order', userId: 'anna', messageId: `t${counter++}`, ...rest })
const item = (rest: object = {}) => ({ type: 'track', ...track(rest) })

async function eventOf(messageId: string) {
  const [row] = await open.db.select().from(tables.events).where(eq(tables.events.messageId, messageId))
  return row
}

test('a tracked event is stored before it is answered, and its repetition is a duplicate', async () => {
  const body = track({ properties: { total: 77 } })
  const first = await post('track', body)
  expect([first.status, first.body]).toEqual([202, { index: 0, messageId: body.messageId, status: 'stored' }])
  expect((await eventOf(body.messageId))?.properties).toEqual({ total: 77 })
  expect((await post('track', { ...body, sentAt: new Date().toISOString() })).body.status).toBe('duplicate')
  const other = await post('track', { ...body, properties: { total: 1 } })
  expect([other.status, other.body.status]).toEqual([409, 'conflict'])
})

test('without a message id a repeat is known by its timestamp only', async () => {
  const body = { event: 'order', userId: 'anna', timestamp: '2026-01-01T10:00:00Z' }
  expect((await post('track', body)).body.status).toBe('stored')
  expect((await post('track', body)).body.status).toBe('duplicate')
  const { timestamp: _, ...bare } = body
  expect((await post('track', bare)).body.status).toBe('stored')
  expect((await post('track', bare)).body.status).toBe('stored')
})

test('a batch answers per item and keeps what is good', async () => {
  const good = item()
  const { status, body } = await post('batch', { batch: [good, { type: 'track', userId: 'x' }, 7, good] })
  expect(status).toBe(207)
  expect(body.items.map((one: { status: string; code?: string }) => [one.status, one.code])).toEqual([
    ['stored', undefined],
    ['rejected', 'name_missing'],
    ['rejected', 'not_an_object'],
    ['duplicate', undefined],
  ])
})

test('identify sets attributes, address, zone and consent of the customer', async () => {
  await post('identify', {
    userId: 'clara',
    traits: { email: 'Clara@Example.test', plan: 'gold', timezone: 'Europe/Berlin', locale: 'de-DE' },
    consents: [{ channel: 'email', state: 'granted', source: 'form v1' }],
  })
  const found = await open.db.execute(sql`
    select c.attributes->>'plan' as plan, c.time_zone, c.language, k.state
    from identifiers i join customers c on c.id = i.customer_id join consents k on k.customer_id = c.id
    where i.type = 'email' and i.value = 'clara@example.test'`)
  expect(found.rows).toEqual([{ plan: 'gold', time_zone: 'Europe/Berlin', language: 'de', state: 'granted' }])
})

test('an imported batch is history: nothing waits for the router', async () => {
  const old = item({ timestamp: '2020-01-01T00:00:00Z' })
  expect((await post('import', { batch: [old] })).status).toBe(202)
  const event = await eventOf(old.messageId)
  expect(event?.occurredAt.toISOString()).toBe('2020-01-01T00:00:00.000Z')
  const waiting = await open.db.execute(sql`select 1 from outbox where event_id = ${event?.id}`)
  expect(waiting.rowCount).toBe(0)
})

const text = (length: number) => 'x'.repeat(length)
const deep = (levels: number): object => (levels === 1 ? {} : { a: deep(levels - 1) })
const keys = (n: number) => Object.fromEntries(Array.from({ length: n }, (_, i) => [`k${i}`, 1]))

/** An event of exactly so many bytes. */
function sized(bytes: number) {
  const properties = Object.fromEntries(Array.from({ length: 8 }, (_, i) => [`p${i}`, '']))
  const body = { event: 'order', userId: 'anna', messageId: `size${counter++}`, properties }
  let left = bytes - JSON.stringify(body).length
  for (const name of Object.keys(properties)) {
    const part = Math.min(left, 8_000)
    properties[name] = text(part)
    left -= part
  }
  return body
}

const edges: [string, (n: number) => object, number, string][] = [
  ['event of 32 KB', sized, 32 * 1024, 'event_too_large'],
  ['depth 10', (n) => track({ properties: deep(n - 1) }), 10, 'too_deep'],
  ['255 keys', (n) => track({ properties: keys(n) }), 255, 'too_many_keys'],
  ['string of 8 KB', (n) => track({ properties: { s: text(n) } }), 8 * 1024, 'string_too_long'],
  ['message id of 128', (n) => track({ messageId: text(n) }), 128, 'message_id_too_long'],
]

test.each(edges)('%s: one less and exactly pass, one more is refused', async (_, build, n, code) => {
  for (const size of [n - 1, n]) expect((await post('track', build(size))).status).toBe(202)
  const over = await post('track', build(n + 1))
  expect([over.status, over.body.code]).toEqual([422, code])
})

test('a batch of 500 passes, of 501 does not', async () => {
  const batch = (n: number) => ({ batch: Array.from({ length: n }, () => item()) })
  for (const n of [499, 500]) expect((await post('batch', batch(n))).status).toBe(202)
  const over = await post('batch', batch(501))
  expect([over.status, over.body.code]).toEqual([413, 'batch_too_long'])
})

test('a body of 500 KB passes, one byte more does not', async () => {
  const body = JSON.stringify({ batch: [item()] })
  const padded = (size: number) => `${body.slice(0, -1)}${' '.repeat(size - body.length)}}`
  for (const size of [512_000 - 1, 512_000]) expect((await post('batch', padded(size))).status).toBe(202)
  expect((await post('batch', padded(512_001))).status).toBe(413)
})

test('keys that reach into prototypes, NUL and half characters are refused per item', async () => {
  const bodies: [string, string][] = [
    ['{"__proto__":{"a":1}}', 'forbidden_key'],
    ['{"a":{"constructor":1}}', 'forbidden_key'],
    ['{"prototype":1}', 'forbidden_key'],
    ['{"a":"x\\u0000"}', 'text_not_storable'],
    ['{"a":"\\ud800"}', 'text_not_storable'],
    ['{"a\\u0000":1}', 'text_not_storable'],
  ]
  for (const [properties, code] of bodies) {
    const { status, body } = await post('track', `{"event":"e","userId":"u","properties":${properties}}`)
    expect([status, body.code]).toEqual([422, code])
  }
})

test('what is not JSON, not UTF-8 or says a key twice is 400', async () => {
  expect((await post('track', '{"event":')).body.code).toBe('malformed_body')
  expect((await post('track', Buffer.from('{"event":"\xff"}', 'latin1'))).body.code).toBe('malformed_body')
  expect((await post('track', '{"event":"a","event":"b"}')).body.code).toBe('duplicate_json_key')
  expect((await post('track', '{"event":"a","\\u0065vent":"b"}')).body.code).toBe('duplicate_json_key')
  const apart = await post(
    'track',
    '{"event":"a","userId":"u","properties":{"event":"b","x":[{"a":1},{"a":2}]}}',
  )
  expect(apart.status).toBe(202)
})

test('gzip is taken, a bomb and other encodings are not', async () => {
  const gzip = { headers: { 'content-encoding': 'gzip' } }
  expect((await post('track', gzipSync(JSON.stringify(track())), gzip)).status).toBe(202)
  const bomb = gzipSync(Buffer.alloc(50_000_000, 32))
  expect((await post('track', bomb, gzip)).body.code).toBe('body_too_large')
  expect((await post('track', 'no gzip', gzip)).body.code).toBe('malformed_body')
  expect((await post('track', track(), { headers: { 'content-encoding': 'br' } })).status).toBe(415)
  expect((await post('track', track(), { headers: { 'content-type': 'text/plain' } })).status).toBe(415)
})

test('a request without a key, or with an unknown one, is 401; Basic works as Bearer does', async () => {
  expect((await post('track', track(), { key: null })).body.code).toBe('key_missing')
  expect((await post('track', track(), { key: 'sk_other' })).body.code).toBe('key_wrong')
  const basic = { authorization: `Basic ${Buffer.from(`${secret}:`).toString('base64')}` }
  expect((await post('track', track(), { key: null, headers: basic })).status).toBe(202)
})

test('a write key appends events of anonymous visitors and nothing else', async () => {
  const visitor = { event: 'view', anonymousId: 'dev' }
  expect((await post('track', visitor, { key: write })).status).toBe(202)
  const forbidden = [
    { ...visitor, userId: 'anna' },
    { ...visitor, consents: [{ channel: 'email', state: 'granted', source: 'x' }] },
    { ...visitor, context: { traits: { email: 'a@b.test' } } },
  ]
  for (const body of forbidden)
    expect((await post('track', body, { key: write })).body.code).toBe('needs_secret_key')
  const alias = { previousId: 'dev', userId: 'anna' }
  expect((await post('alias', alias, { key: write })).body.code).toBe('key_not_allowed')
  expect((await post('import', { batch: [] }, { key: write })).body.code).toBe('key_not_allowed')
})

test('pages may post with a write key, never with a secret one', async () => {
  const origin = { origin: 'https://shop.test' }
  const ok = await post('track', { event: 'view', anonymousId: 'dev' }, { key: write, headers: origin })
  expect([ok.status, ok.headers.get('access-control-allow-origin')]).toEqual([202, 'https://shop.test'])
  expect(ok.headers.get('access-control-allow-credentials')).toBeNull()
  expect((await post('track', track(), { headers: origin })).body.code).toBe('key_exposed')
  const preflight = await app.request('/v1/track', { method: 'OPTIONS', headers: origin })
  expect([preflight.status, preflight.headers.get('access-control-allow-methods')]).toEqual([204, 'POST'])
})

test('a wrong clock of the sender is corrected, the far future is clamped', async () => {
  const hour = 3_600_000
  const now = Date.now()
  const off = track({ timestamp: new Date(now - 3 * hour).toISOString() })
  await post('track', { ...off, sentAt: new Date(now - 2 * hour).toISOString() })
  const corrected = (await eventOf(off.messageId))?.occurredAt.getTime() ?? 0
  expect(Math.abs(corrected - (now - hour))).toBeLessThan(5_000)
  const future = track({ timestamp: new Date(now + hour).toISOString() })
  await post('track', future)
  const clamped = (await eventOf(future.messageId))?.occurredAt.getTime() ?? 0
  expect(Math.abs(clamped - now)).toBeLessThan(5_000)
  expect((await post('track', track({ timestamp: 'yesterday' }))).body.code).toBe('timestamp_wrong')
})

test('two hundred requests at once are all stored once', async () => {
  const bodies = Array.from({ length: 100 }, () => track())
  const answers = await Promise.all([...bodies, ...bodies].map((body) => post('track', body)))
  expect(answers.every(({ status }) => status === 202)).toBe(true)
  expect(answers.filter(({ body }) => body.status === 'stored')).toHaveLength(100)
})

test('when too much waits, senders are told to come back and nothing of theirs is kept', async () => {
  const small = new Hono<ApiEnv>()
  small.onError(onError)
  small.route(
    '/',
    eventRoutes({ db: open.db, log: openLog('silent') }, { maxWaiting: 5, concurrency: 1, groupItems: 1 }),
  )
  const send = (messageId: string) =>
    small.request('/v1/track', {
      method: 'POST',
      body: JSON.stringify(track({ messageId })),
      headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
    })
  const ids = Array.from({ length: 60 }, () => `full${counter++}`)
  const answers = await Promise.all(ids.map(send))
  const refused = ids.filter((_, index) => answers[index]?.status === 429)
  expect(refused.length).toBeGreaterThan(0)
  expect(answers.find(({ status }) => status === 429)?.headers.get('retry-after')).toBe('1')
  const kept = await open.db.execute(sql`select count(*)::int as n from events where message_id like 'full%'`)
  expect(kept.rows[0]?.n).toBe(ids.length - refused.length)
})
