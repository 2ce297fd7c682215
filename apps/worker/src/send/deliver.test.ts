import { FakeSmtpServer } from '@tropa/connectors/fake-smtp'
import { takeEvents } from '@tropa/db/outbox'
import { inTransaction } from '@tropa/db/statement'
import { kinds } from '@tropa/nodes'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createDatabase, type TestDatabase } from '../../../../tests/setup/use-services.ts'
import { runLeg } from '../enrollment/leg.ts'
import { PlanShelf } from '../enrollment/plan-shelf.ts'
import { routeEvents } from '../router/route.ts'
import { type CustomerSketch, sketchGraph, until, World } from '../testing/index.ts'
import { ConnectionShelf } from './connection-shelf.ts'
import { type DeliverDeps, deliver } from './deliver.ts'

const plans = new PlanShelf()
const secret = 's'.repeat(43)
let database: TestDatabase
let world: World
let smtp: FakeSmtpServer
let deps: DeliverDeps

beforeAll(async () => {
  database = await createDatabase()
})
beforeEach(async () => {
  await world?.close()
  await smtp?.stop()
  smtp = await FakeSmtpServer.start()
  world = await World.build(database.url, { mailboxPort: smtp.port })
  await world.rows('truncate outbox, live_entries')
  await world.rows(
    `update connections set is_mailbox = false, config = config || '{"fromAddress": "shop@example.com"}' where id = $1`,
    [world.connectionId],
  )
  deps = {
    pool: world.pool,
    plans,
    connections: new ConnectionShelf({ secret, trustedHosts: ['127.0.0.1'] }),
    log: pino({ level: 'silent' }),
    secret,
    baseUrl: 'http://tropa.example/',
    timeoutMs: 1_500,
    leaseMs: 1_000,
  }
})
afterAll(async () => {
  await smtp.stop()
  await world.close()
  await database.drop()
})

interface Mail {
  ifUnknown?: 'skip' | 'resend' | 'hold'
  messageClass?: 'marketing' | 'transactional'
  topic?: string
  template?: string
}

/** A customer who stands before an email; answers the message’s id and the enrollment’s. */
async function planned(mail: Mail = {}, sketch: CustomerSketch = {}, settings = {}) {
  const config = {
    template: world.templateId,
    messageClass: 'marketing',
    topic: '',
    ifUnknown: 'skip',
    ...mail,
  }
  await world.publish(
    sketchGraph(
      {
        start: { kind: 'event_entry', config: { event: 'order' }, next: { next: 'mail' } },
        mail: { kind: 'send_email', config, next: { sent: 'good', not_sent: 'bad', failed: 'ugly' } },
        good: { kind: 'exit', config: { label: 'sent' } },
        bad: { kind: 'exit', config: { label: 'not sent' } },
        ugly: { kind: 'exit', config: { label: 'failed' } },
      },
      settings,
    ),
  )
  const customer = await world.addCustomer(sketch)
  await world.emit(customer, { name: 'order', at: Date.now() - 1_000 })
  await inTransaction(world.pool, async (tx) =>
    routeEvents(
      { plans, kinds, legsInRouter: true },
      tx,
      await takeEvents(
        tx,
        Array.from({ length: 64 }, (_, n) => n),
        10,
      ),
    ),
  )
  const [row] = await world.rows<{ id: string; enrollment: string }>(
    'select id, enrollment_id as enrollment from messages where customer_id = $1',
    [customer],
  )
  return { id: row?.id ?? '', enrollment: row?.enrollment ?? '', customer }
}

const seen = async (id: string) =>
  (
    await world.rows<{ status: string; reason: string | null; attempts: string[] }>(
      `select status, reason, coalesce((select json_agg(coalesce(outcome, 'open') order by number) from attempts
         where message_id = m.id), '[]') as attempts from messages m where id = $1`,
      [id],
    )
  )[0]

async function outcomeOf(enrollment: string): Promise<string | undefined> {
  await inTransaction(world.pool, (tx) => runLeg({ plans, kinds }, tx, enrollment))
  return (await world.path(enrollment)).at(-1)
}

async function deliverToTheEnd(id: string): Promise<void> {
  await until(async () => {
    const delivery = await deliver(deps, id)
    if (!delivery.done) await world.rows('update messages set retry_at = null where id = $1', [id])
    return delivery.done
  })
}

describe('the gate', () => {
  it.each<[string, Mail, CustomerSketch, string]>([
    ['never agreed', {}, { consent: null }, 'consent_missing'],
    ['unsubscribed', {}, { consent: 'revoked' }, 'consent_revoked'],
    ['has no address', {}, { email: null }, 'no_address'],
    ['has an address that cannot be one', {}, { email: 'nobody' }, 'address_invalid'],
  ])('refuses somebody who %s', async (_, mail, sketch, reason) => {
    const { id, enrollment } = await planned(mail, sketch)
    expect(await deliver(deps, id)).toEqual({ done: true })
    expect(await seen(id)).toEqual({ status: 'not_sent', reason, attempts: [] })
    expect(await outcomeOf(enrollment)).toBe('bad:-')
    expect(smtp.ledger).toHaveLength(0)
  })

  it('lets a transactional email through without consent, but not to a suppressed address', async () => {
    const mail = { messageClass: 'transactional' } as const
    const { id } = await planned(mail, { consent: null })
    await deliver(deps, id)
    expect(await seen(id)).toMatchObject({ status: 'accepted' })
    await world.rows('truncate live_entries')
    const other = await planned(mail, { consent: null, email: 'gone@example.test' })
    await world.rows(
      `insert into suppressions (workspace_id, channel, address, reason) values ($1, 'email', 'gone@example.test', 'bounce')`,
      [world.workspaceId],
    )
    await deliver(deps, other.id)
    expect(await seen(other.id)).toMatchObject({ status: 'not_sent', reason: 'suppressed' })
  })

  it('refuses a topic the customer withdrew from, and lets another one pass', async () => {
    const { id, customer } = await planned({ topic: 'sales' })
    await world.setConsent(customer, 'revoked', 'sales')
    await deliver(deps, id)
    expect(await seen(id)).toMatchObject({ status: 'not_sent', reason: 'consent_revoked' })
    await world.rows('truncate live_entries')
    const other = await planned({ topic: 'news' })
    await world.setConsent(other.customer, 'revoked', 'sales')
    await deliver(deps, other.id)
    expect(await seen(other.id)).toMatchObject({ status: 'accepted' })
  })

  it('sends nothing that is not filled in', async () => {
    const template = await world.addTemplate('Hi {{ customer.first_name }}', '<p>Hello</p>')
    const { id } = await planned({ template })
    await deliver(deps, id)
    expect(await seen(id)).toEqual({ status: 'not_sent', reason: 'missing_variable', attempts: [] })
  })

  it('holds the message while the journey is paused', async () => {
    const { id } = await planned()
    await world.rows(`update journeys set status = 'paused'`)
    expect(await deliver(deps, id)).toMatchObject({ done: false })
    expect(await seen(id)).toMatchObject({ status: 'planned', reason: 'journey_paused' })
    await world.rows(`update journeys set status = 'live'`)
    await deliverToTheEnd(id)
    expect(await seen(id)).toMatchObject({ status: 'accepted' })
  })

  it('sends nothing once an exit event is stored, routed or not', async () => {
    const { id, enrollment, customer } = await planned(
      {},
      {},
      { exitRules: [{ event: 'stop', reason: 'exit_rule' }] },
    )
    await world.emit(customer, { name: 'stop' })
    expect(await deliver(deps, id)).toEqual({ done: true })
    expect(smtp.ledger).toHaveLength(0)
    expect(await outcomeOf(enrollment)).toBe('mail:-')
  })
})

describe('one delivery', () => {
  it('is made once although many ask for it at the same time', async () => {
    const { id, enrollment } = await planned()
    await Promise.all(Array.from({ length: 6 }, () => deliver(deps, id)))
    await deliverToTheEnd(id)
    expect(await seen(id)).toEqual({ status: 'accepted', reason: null, attempts: ['accepted'] })
    expect(smtp.ledger).toHaveLength(1)
    expect(smtp.ledger[0]?.raw).toMatch(/List-Unsubscribe: <http:\/\/tropa\.example\/u\//)
    expect(await outcomeOf(enrollment)).toBe('good:-')
  })

  it('fails for good when the server refuses it, and the address is remembered', async () => {
    const { id, enrollment } = await planned({}, { email: 'Gone@Example.test' })
    smtp.script({ at: 'rcpt', do: 'reply', reply: '550 5.1.1 no such user' })
    await deliver(deps, id)
    expect(await seen(id)).toEqual({
      status: 'rejected',
      reason: 'provider_rejected',
      attempts: ['rejected'],
    })
    expect(await outcomeOf(enrollment)).toBe('ugly:-')
    expect(
      await world.rows('select address, reason from suppressions where workspace_id = $1', [
        world.workspaceId,
      ]),
    ).toEqual([{ address: 'gone@example.test', reason: 'invalid_recipient' }])
  })

  it('is tried again after a temporary refusal', async () => {
    const { id } = await planned()
    smtp.script({ at: 'rcpt', do: 'reply', reply: '450 4.2.1 mailbox busy' })
    expect(await deliver(deps, id)).toMatchObject({ done: false })
    expect(await deliver(deps, id)).toMatchObject({ done: false })
    expect(smtp.unfired()).toEqual([])
    await deliverToTheEnd(id)
    expect((await seen(id))?.status).toBe('accepted')
    expect((await seen(id))?.attempts).toHaveLength(2)
    expect(smtp.ledger).toHaveLength(1)
  })

  it.each([
    ['skip', 'unknown', 1],
    ['hold', 'held', 1],
    ['resend', 'accepted', 2],
  ] as const)(
    'with policy %s ends as %s when the answer is lost after the server took it',
    async (ifUnknown, status, sent) => {
      const { id } = await planned({ ifUnknown })
      smtp.script({ at: 'dot', do: 'accept-then-cut' })
      await deliverToTheEnd(id)
      expect(await seen(id)).toMatchObject({ status })
      expect(smtp.ledger).toHaveLength(sent)
      expect(smtp.unfired()).toEqual([])
    },
  )

  it('counts as unknown, never as unsent, when its process died', async () => {
    const { id, enrollment } = await planned()
    await world.rows(
      `insert into attempts (message_id, number, workspace_id, lease_until) values ($1, 1, $2, now() + interval '1 s')`,
      [id, world.workspaceId],
    )
    await world.rows(`update messages set status = 'attempting' where id = $1`, [id])
    expect(await deliver(deps, id)).toMatchObject({ done: false })
    await world.rows(`update attempts set lease_until = now() - interval '1 s'`)
    expect(await deliver(deps, id)).toEqual({ done: true })
    expect(await seen(id)).toEqual({ status: 'unknown', reason: 'outcome_unknown', attempts: ['ambiguous'] })
    expect(await outcomeOf(enrollment)).toBe('ugly:-')
    expect(smtp.ledger).toHaveLength(0)
  })

  it('that was held goes out, or is given up, as a member decides', async () => {
    for (const [decision, status] of [
      ['resend', 'planned'],
      ['give_up', 'rejected'],
    ] as const) {
      await world.rows('truncate live_entries')
      const { id, enrollment } = await planned({ ifUnknown: 'hold' })
      smtp.script({ at: 'dot', do: 'accept-then-cut' })
      await deliverToTheEnd(id)
      await world.rows(
        `insert into requests (workspace_id, enrollment_id, kind, seq, message_id, decision, member_id, reason)
         values ($1, $2, 'release', 2, $3, $4, 'm', 'why')`,
        [world.workspaceId, enrollment, id, decision],
      )
      await outcomeOf(enrollment)
      expect((await seen(id))?.status).toBe(status)
    }
  })

  it('waits while the connection is broken, and the connection says so until it works again', async () => {
    const { id } = await planned()
    const { port } = smtp
    await smtp.stop()
    expect(await deliver(deps, id)).toMatchObject({ done: false })
    const broken = () =>
      world.rows('select broken_since is not null as broken from connections where id = $1', [
        world.connectionId,
      ])
    expect(await broken()).toEqual([{ broken: true }])
    smtp = await FakeSmtpServer.start({}, port)
    await world.rows(`update messages set retry_at = null where id = $1`, [id])
    expect(await deliver(deps, id)).toMatchObject({ done: false })
    await world.rows(`update connections set broken_since = now() - interval '1 minute'`)
    await deliverToTheEnd(id)
    expect(await seen(id)).toMatchObject({ status: 'accepted', attempts: ['not_sent', 'accepted'] })
    expect(await broken()).toEqual([{ broken: false }])
  })
})
