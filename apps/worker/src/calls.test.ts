import { randomBytes } from 'node:crypto'
import type { MailboxServer } from '@tropa/connectors/mailbox'
import { type OpenDatabase, openDatabase } from '@tropa/db'
import { findConnection, updateConnection } from '@tropa/db/connections'
import { callEngine } from '@tropa/db/engine-calls'
import { mergeCustomers } from '@tropa/db/merges'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createDatabase, type TestDatabase, useTemporal } from '../../../tests/setup/use-services.ts'
import { type Engine, startEngine } from './engine.ts'
import { hostMailbox } from './mailbox.ts'
import { freshNamespace, orderGraph, sketchGraph, until, World } from './testing/index.ts'

let database: TestDatabase
let open: OpenDatabase
let world: World
let mailbox: MailboxServer
let engine: Engine

/** Longer than any test: what happens here happens because the engine was called, within what `until` allows. */
const never = 600_000
const soon = 30_000

beforeAll(async () => {
  database = await createDatabase()
  const temporal = await freshNamespace(await useTemporal())
  world = await World.build(database.url)
  open = openDatabase(database.url, { max: 2 })
  const secret = randomBytes(32).toString('base64url')
  mailbox = await hostMailbox({ databaseUrl: database.url, secret }, pino({ level: 'silent' }))
  engine = await startEngine({
    databaseUrl: database.url,
    temporal,
    secret,
    baseUrl: 'http://tropa.example',
    mailboxPort: mailbox.port,
    sweepEveryMs: never,
  })
  await engine.becomeReady(60_000)
})
beforeEach(() => world.rows('delete from live_entries'))
afterAll(async () => {
  await engine.stop()
  await mailbox.close()
  await open.close()
  await world.close()
  await database.drop()
})

const setJourneys = (status: 'live' | 'paused') =>
  open.db.transaction(async (tx) => {
    await tx.execute(`update journeys set status = '${status}'`)
    await callEngine(tx)
  })
const messagesOf = (customers: string[]) =>
  world.rows<{ status: string; reason: string | null; inMs: number | null }>(
    `select status, reason, (extract(epoch from retry_at - now()) * 1000)::float8 as "inMs"
     from messages where customer_id = any($1::uuid[])`,
    [customers],
  )
const statesOf = async (customers: string[]) =>
  (await world.enrollments()).filter(({ customerId }) => customers.includes(customerId))

describe('messages of a paused journey', () => {
  it('are not asked about time and again, and all go out once each as soon as it goes on', async () => {
    const mail = { template: world.templateId, messageClass: 'marketing', topic: '', ifUnknown: 'skip' }
    await world.publish(
      sketchGraph({
        start: { kind: 'event_entry', config: { event: 'order' }, next: { next: 'rest' } },
        rest: { kind: 'wait', config: { for: '4s' }, next: { next: 'mail' } },
        mail: { kind: 'send_email', config: mail, next: { sent: 'bye' } },
        bye: { kind: 'exit', config: { label: 'sent' } },
      }),
    )
    const customers = await Promise.all(Array.from({ length: 20 }, () => world.addCustomer()))
    for (const customer of customers) await world.emit(customer, { name: 'order' })
    await until(async () => (await statesOf(customers)).length === customers.length)
    await setJourneys('paused')
    const held = await until(async () => {
      const all = await messagesOf(customers)
      return all.length === customers.length && all.every(({ reason }) => reason === 'journey_paused') && all
    }, soon)
    expect(held.every(({ status, inMs }) => status === 'planned' && (inMs ?? 0) > 5 * 60_000)).toBe(true)
    await setJourneys('live')
    await until(async () => (await statesOf(customers)).every(({ status }) => status === 'exited'), soon)
    const addresses = customers.map((customer) => `${customer}@example.test`)
    const mails = await world.rows('select 1 from mails where to_address = any($1::text[])', [addresses])
    expect(mails).toHaveLength(customers.length)
  }, 90_000)
})

describe('messages of a broken connection', () => {
  const connectionOf = async () => {
    const row = await findConnection(open.db, world.workspaceId, world.connectionId)
    if (!row) throw new Error('The connection is gone')
    return row
  }

  let config: Record<string, unknown>
  beforeAll(async () => {
    config = (await connectionOf()).config
  })

  /** Messages that wait for a mail server which is away, with the instants of their next tries. */
  async function messagesHeld() {
    await world.rows(`update connections set config = config || '{"host": "127.0.0.2"}'`)
    await world.publish(orderGraph(world.templateId, '1s'))
    const customers = await Promise.all(Array.from({ length: 4 }, () => world.addCustomer()))
    for (const customer of customers) await world.emit(customer, { name: 'order', properties: { total: 1 } })
    const held = await until(async () => {
      const all = await messagesOf(customers)
      return all.length === customers.length && all.every(({ inMs }) => (inMs ?? 0) > 15_000) && all
    }, 60_000)
    expect(new Set(held.map(({ status }) => status))).toEqual(new Set(['planned']))
    const due = await world.rows<{ id: string; at: Date }>(
      'select id, retry_at as at from messages where customer_id = any($1::uuid[])',
      [customers],
    )
    const tried = await world.rows(
      `update messages set reason = 'provider_temporary'
       where customer_id = any($1::uuid[]) and connection_id is not null returning id`,
      [customers],
    )
    expect(tried.length).toBeGreaterThan(0)
    return { customers, due }
  }

  async function expectSentEarly({ customers, due }: Awaited<ReturnType<typeof messagesHeld>>) {
    await until(async () => (await statesOf(customers)).every(({ status }) => status !== 'active'), soon)
    for (const { id, at } of due) {
      const [sent] = await world.rows<{ started: Date }>(
        `select started_at as started from attempts where message_id = $1 and outcome = 'accepted'`,
        [id],
      )
      expect(sent?.started.getTime()).toBeLessThan(at.getTime())
    }
  }

  it('go out as soon as it is mended, those that were tried in vain and those that were not', async () => {
    const held = await messagesHeld()
    await updateConnection(open.db, await connectionOf(), { config })
    await expectSentEarly(held)
  }, 120_000)

  it('go out as soon as one gets through again, though nobody has mended anything', async () => {
    const held = await messagesHeld()
    await world.rows(
      `update connections set config = $1::jsonb, broken_since = now() - interval '1 minute'`,
      [JSON.stringify(config)],
    )
    const one = await world.addCustomer()
    await world.emit(one, { name: 'order', properties: { total: 1 } })
    await expectSentEarly(held)
    expect((await connectionOf()).brokenSince).toBeNull()
  }, 120_000)
})

describe('of two who turn out to be one', () => {
  it('the one who entered later leaves at once', async () => {
    await world.publish(orderGraph(world.templateId, '1d'))
    const [first, second] = [await world.addCustomer(), await world.addCustomer()]
    for (const customer of [first, second]) {
      await world.emit(customer, { name: 'order', properties: { total: 1 } })
      await until(async () => (await statesOf([customer]))[0]?.started)
    }
    await open.db.transaction((tx) =>
      mergeCustomers(tx, world.workspaceId, { loser: second, survivor: first }),
    )
    const left = await until(
      async () => (await statesOf([second])).find(({ status }) => status !== 'active'),
      soon,
    )
    expect(left).toMatchObject({ status: 'exited', endReason: 'customer_merged' })
    expect((await statesOf([first]))[0]?.status).toBe('active')
  }, 90_000)
})
