import { createHash } from 'node:crypto'
import { tables } from '@tropa/db'
import { eq, sql } from 'drizzle-orm'
import { Hono } from 'hono'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { ApiEnv } from '../context.ts'
import { onError } from '../errors.ts'
import { retryWindowMs } from '../ingest/item.ts'
import { openLog } from '../log.ts'
import { item, openEvents, secretKey, track, writeKey } from '../testing/open-events.ts'
import { eventRoutes } from './events.ts'

let events: Awaited<ReturnType<typeof openEvents>>
const post: typeof events.post = (...call) => events.post(...call)

beforeAll(async () => {
  events = await openEvents()
})
afterAll(() => events.stop())

test('a tracked event is stored before it is answered, and its repetition is a duplicate', async () => {
  const body = track({ properties: { total: 77 } })
  const first = await post('track', body)
  expect([first.status, first.body]).toEqual([202, { index: 0, messageId: body.messageId, status: 'stored' }])
  expect((await events.eventOf(body.messageId))?.properties).toEqual({ total: 77 })
  expect((await post('track', { ...body, sentAt: new Date().toISOString() })).body.status).toBe('duplicate')
  const other = await post('track', { ...body, properties: { total: 1 } })
  expect([other.status, other.body.status]).toEqual([409, 'conflict'])
})

test('without a message id a body with its own time is the same event for good', async () => {
  const body = { event: 'order', userId: 'anna', timestamp: '2026-01-01T10:00:00Z' }
  expect((await post('track', body)).body).toMatchObject({ status: 'stored', derived: true })
  expect((await post('track', body)).body.status).toBe('duplicate')
  expect((await post('track', { ...body, userId: 'boris' })).body.status).toBe('stored')
})

test('without id and time the same body is one event while it may be a retry, and later another one', async () => {
  const body = { event: 'order', userId: 'retry', properties: { total: 5 } }
  vi.useFakeTimers({ toFake: ['Date'] })
  try {
    vi.setSystemTime(Math.ceil(Date.now() / retryWindowMs) * retryWindowMs - 1_000)
    const first = await post('track', body)
    expect(first.body).toMatchObject({
      status: 'stored',
      derived: true,
      messageId: expect.stringMatching(/^body:/),
    })
    vi.setSystemTime(Date.now() + retryWindowMs)
    const retry = await post('track', { ...body, sentAt: new Date().toISOString() })
    expect(retry.body).toEqual({ ...first.body, status: 'duplicate' })
    vi.setSystemTime(Date.now() + retryWindowMs)
    expect((await post('track', body)).body.status).toBe('stored')
  } finally {
    vi.useRealTimers()
  }
  expect((await post('track', track())).body.derived).toBeUndefined()
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
  const found = await events.db.execute(sql`
    select c.attributes->>'plan' as plan, c.time_zone, c.language, k.state
    from identifiers i join customers c on c.id = i.customer_id join consents k on k.customer_id = c.id
    where i.type = 'email' and i.value = 'clara@example.test'`)
  expect(found.rows).toEqual([{ plan: 'gold', time_zone: 'Europe/Berlin', language: 'de', state: 'granted' }])
})

test('a contact that is none is kept as an attribute, and the sender is told', async () => {
  const { status, body } = await post('identify', {
    userId: 'boris',
    traits: { email: 'boris(at)example.test', phone: '8 916 123-45-67', city: 'Perm' },
  })
  expect([status, body.status]).toEqual([202, 'stored'])
  expect(body.notes).toEqual([
    {
      code: 'email_not_an_address',
      path: 'traits.email',
      detail: expect.objectContaining({ en: expect.any(String) }),
    },
    {
      code: 'phone_not_international',
      path: 'traits.phone',
      detail: expect.objectContaining({ ru: expect.any(String) }),
    },
  ])
  const found = await events.db.execute(sql`
    select c.attributes->>'email' as email, c.attributes->>'city' as city,
      (select array_agg(o.type) from identifiers o where o.customer_id = c.id) as types
    from identifiers i join customers c on c.id = i.customer_id where i.value = 'boris'`)
  expect(found.rows).toEqual([{ email: 'boris(at)example.test', city: 'Perm', types: ['external_id'] }])
  const again = await post('track', { ...track(), context: { traits: { email: 5 } } })
  expect(again.body.notes).toMatchObject([{ path: 'context.traits.email' }])
  const empty = await post('identify', { userId: 'boris', traits: { email: '', phone: null } })
  expect(empty.body).not.toHaveProperty('notes')
  const bare = await post('identify', { userId: 'boris', traits: { email: 'boris@shop' } })
  expect(bare.body.notes, 'no letter could go to a domain without a point').toMatchObject([
    { code: 'email_not_an_address' },
  ])
  const nobody = await post('identify', { traits: { email: 'anna' } })
  expect([nobody.status, nobody.body.code, nobody.body.path]).toEqual([
    422,
    'customer_missing',
    'traits.email',
  ])
})

test('an imported batch is history: nothing waits for the router', async () => {
  const old = item({ timestamp: '2020-01-01T00:00:00Z' })
  expect((await post('import', { batch: [old] })).status).toBe(202)
  const event = await events.eventOf(old.messageId)
  expect(event?.occurredAt.toISOString()).toBe('2020-01-01T00:00:00.000Z')
  const waiting = await events.db.execute(sql`select 1 from outbox where event_id = ${event?.id}`)
  expect(waiting.rowCount).toBe(0)
})

test('a request without a key, or with an unknown one, is 401; Basic works as Bearer does', async () => {
  expect((await post('track', track(), { key: null })).body.code).toBe('key_missing')
  expect((await post('track', track(), { key: 'sk_other' })).body.code).toBe('key_wrong')
  const basic = { authorization: `Basic ${Buffer.from(`${secretKey}:`).toString('base64')}` }
  expect((await post('track', track(), { key: null, headers: basic })).status).toBe(202)
})

test('a write key appends events of anonymous visitors and nothing else', async () => {
  const visitor = { event: 'view', anonymousId: 'dev' }
  expect((await post('track', visitor, { key: writeKey })).status).toBe(202)
  const forbidden = [
    { ...visitor, userId: 'anna' },
    { ...visitor, consents: [{ channel: 'email', state: 'granted', source: 'x' }] },
    { ...visitor, context: { traits: { email: 'a@b.test' } } },
  ]
  for (const body of forbidden)
    expect((await post('track', body, { key: writeKey })).body.code).toBe('needs_secret_key')
  const alias = { previousId: 'dev', userId: 'anna' }
  expect((await post('alias', alias, { key: writeKey })).body.code).toBe('key_not_allowed')
  expect((await post('import', { batch: [] }, { key: writeKey })).body.code).toBe('key_not_allowed')
})

test('any page may post with a write key, none with a secret one, and never with cookies', async () => {
  const origin = { origin: 'https://shop.test' }
  const ok = await post('track', { event: 'view', anonymousId: 'dev' }, { key: writeKey, headers: origin })
  const preflight = await events.app.request('/v1/track', { method: 'OPTIONS', headers: origin })
  const wrong = await post('track', track(), { key: 'wk_gone', headers: origin })
  const exposed = await post('track', track(), { headers: origin })
  expect([ok, preflight, wrong, exposed].map(({ status }) => status)).toEqual([202, 204, 401, 403])
  expect(exposed.body.code).toBe('key_exposed')
  for (const { headers } of [ok, preflight, wrong, exposed]) {
    expect(headers.get('access-control-allow-origin')).toBe('*')
    expect(headers.get('access-control-allow-credentials')).toBeNull()
  }
  expect(preflight.headers.get('access-control-allow-methods')).toBe('POST')
})

test('a revoked key stops within a second, though it has just been used', async () => {
  const key = 'sk_test_revoked'
  const hash = createHash('sha256').update(key).digest('hex')
  await events.db
    .insert(tables.apiKeys)
    .values({ workspaceId: 'ws', kind: 'secret', name: 'old', hash, lastFour: 'oked' })
  expect((await post('track', track(), { key })).status).toBe(202)
  await events.db.update(tables.apiKeys).set({ revokedAt: new Date() }).where(eq(tables.apiKeys.hash, hash))
  await new Promise((resolve) => setTimeout(resolve, 1_000))
  expect((await post('track', track(), { key })).body.code).toBe('key_wrong')
})

test('a wrong clock of the sender is corrected, the far future is clamped', async () => {
  const hour = 3_600_000
  const now = Date.now()
  const off = track({ timestamp: new Date(now - 3 * hour).toISOString() })
  await post('track', { ...off, sentAt: new Date(now - 2 * hour).toISOString() })
  const corrected = (await events.eventOf(off.messageId))?.occurredAt.getTime() ?? 0
  expect(Math.abs(corrected - (now - hour))).toBeLessThan(5_000)
  const future = track({ timestamp: new Date(now + hour).toISOString() })
  await post('track', future)
  const clamped = (await events.eventOf(future.messageId))?.occurredAt.getTime() ?? 0
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
    eventRoutes({ db: events.db, log: openLog('silent') }, { maxWaiting: 5, concurrency: 1, groupItems: 1 }),
  )
  const send = (messageId: string) =>
    small.request('/v1/track', {
      method: 'POST',
      body: JSON.stringify(track({ messageId })),
      headers: { 'content-type': 'application/json', authorization: `Bearer ${secretKey}` },
    })
  const ids = Array.from({ length: 60 }, (_, index) => `full${index}`)
  const answers = await Promise.all(ids.map(send))
  const refused = ids.filter((_, index) => answers[index]?.status === 429)
  expect(refused.length).toBeGreaterThan(0)
  expect(answers.find(({ status }) => status === 429)?.headers.get('retry-after')).toBe('1')
  const kept = await events.db.execute(
    sql`select count(*)::int as n from events where message_id like 'full%'`,
  )
  expect(kept.rows[0]?.n).toBe(ids.length - refused.length)
})
