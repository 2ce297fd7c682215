import { randomBytes } from 'node:crypto'
import { Client, Connection } from '@temporalio/client'
import type { MailboxServer } from '@tropa/connectors/mailbox'
import { stepsOf } from '@tropa/db/steps'
import { verify } from '@tropa/journey'
import { kinds } from '@tropa/nodes'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDatabase, type TestDatabase, useTemporal } from '../../../tests/setup/use-services.ts'
import { type Engine, startEngine } from './engine.ts'
import { hostMailbox } from './mailbox.ts'
import { freshNamespace, orderGraph, sketchGraph, until, World } from './testing/index.ts'

const secret = randomBytes(32).toString('base64url')

describe.each([
  ['plain', { legsInRouter: false, startDelay: false, inlineMs: 0 }],
  ['fast', { legsInRouter: true, startDelay: true, inlineMs: 1_000 }],
])('the %s engine', (_, shape) => {
  let database: TestDatabase
  let world: World
  let mailbox: MailboxServer
  let engine: Engine
  let temporal: { address: string; namespace: string }

  beforeAll(async () => {
    database = await createDatabase()
    temporal = await freshNamespace(await useTemporal())
    world = await World.build(database.url)
    mailbox = await hostMailbox({ databaseUrl: database.url, secret }, pino({ level: 'silent' }))
    engine = await startEngine({
      databaseUrl: database.url,
      temporal,
      secret,
      baseUrl: 'http://tropa.example',
      mailboxPort: mailbox.port,
      sweepEveryMs: 500,
      unstartedMs: 1_000,
      overdueMs: 2_000,
      log: pino({ level: process.env.LOG_LEVEL ?? 'error' }),
      ...shape,
    })
    await engine.becomeReady(60_000)
  })

  afterAll(async () => {
    await engine.stop()
    await mailbox.close()
    await world.close()
    await database.drop()
  })

  const mailsTo = (customer: string) =>
    world.rows<{ subject: string; headers: { name: string; value: string }[] }>(
      'select subject, headers from mails where to_address = $1',
      [`${customer}@example.test`],
    )
  const ended = (customer: string) =>
    until(async () => {
      const mine = (await world.enrollments()).filter((one) => one.customerId === customer)
      return mine.length > 0 && mine.every(({ status }) => status !== 'active') && mine
    })

  it('carries an order through a wait that times out to the accepted email of its size', async () => {
    const { plan, journeyId } = await world.publish(orderGraph(world.templateId, '2s'))
    const customer = await world.addCustomer()
    await world.emit(customer, { name: 'order', properties: { total: 77 } })
    const [enrollment] = await ended(customer)
    const id = enrollment?.id ?? ''
    const stored = await stepsOf(world.pool, id)
    expect(stored.map(({ node, output }) => `${node}:${output}`)).toEqual([
      'start:next',
      'next_order:timed_out',
      'size:yes',
      'large:sent',
    ])
    const wait = stored[1]
    expect((wait?.leftAt ?? 0) - (wait?.enteredAt ?? 0)).toBeGreaterThanOrEqual(2_000)
    const mails = await mailsTo(customer)
    expect(mails).toHaveLength(1)
    const [message] = await world.rows<{ id: string; status: string }>(
      'select id, status from messages where customer_id = $1',
      [customer],
    )
    expect(message?.status).toBe('accepted')
    expect(mails[0]?.headers).toContainEqual({ name: 'x-tropa-message', value: message?.id })
    const [entry] = await world.rows<{ state: { entry: never } }>(
      'select state from enrollments where id = $1',
      [id],
    )
    const verdict = await verify(
      {
        plan,
        identity: { journeyId, customerId: customer, entryKey: '' },
        entry: entry?.state.entry as never,
        steps: stored.map(({ hash: _hash, ...step }) => step),
        hashes: stored.map(({ hash }) => hash),
        salt: enrollment?.salt ?? '',
      },
      kinds,
    )
    expect(verdict).toEqual({ verdict: 'identical', steps: 4 })
  })

  it('lets the next order win over the timer and says thank you', async () => {
    await world.rows('delete from live_entries')
    await world.publish(orderGraph(world.templateId, '1h'))
    const customer = await world.addCustomer()
    await world.emit(customer, { name: 'order', properties: { total: 7 } })
    await until(async () =>
      (await world.enrollments()).some((one) => one.customerId === customer && one.started),
    )
    await new Promise((resolve) => setTimeout(resolve, 50))
    await world.emit(customer, { name: 'order', properties: { total: 8 } })
    const [enrollment] = await ended(customer)
    expect(await world.path(enrollment?.id ?? '')).toEqual([
      'start:next',
      'next_order:happened',
      'thanks:sent',
    ])
    expect(await mailsTo(customer)).toHaveLength(1)
  })

  it('sends nothing to somebody who never agreed, keeps the gate’s rungs, and the path goes on', async () => {
    await world.rows('delete from live_entries')
    const mail = { template: world.templateId, messageClass: 'marketing', topic: '', ifUnknown: 'skip' }
    await world.publish(
      sketchGraph({
        start: { kind: 'event_entry', config: { event: 'order' }, next: { next: 'mail' } },
        mail: { kind: 'send_email', config: mail, next: { not_sent: 'bye' } },
        bye: { kind: 'exit', config: { label: 'no' } },
      }),
    )
    const customer = await world.addCustomer({ consent: null })
    await world.emit(customer, { name: 'order' })
    const [enrollment] = await ended(customer)
    expect(await world.path(enrollment?.id ?? '')).toEqual(['start:next', 'mail:not_sent', 'bye:-'])
    const [message] = await world.rows<{ reason: string; gate: { rung: string; ok: boolean }[] }>(
      'select reason, gate from messages where customer_id = $1',
      [customer],
    )
    expect(message?.reason).toBe('consent_missing')
    expect(message?.gate.at(-1)).toMatchObject({ rung: 'consent', ok: false })
    expect(await mailsTo(customer)).toHaveLength(0)
  })

  it('ends the workflow of somebody who left during a sleep', async () => {
    await world.rows('delete from live_entries')
    await world.publish(
      orderGraph(world.templateId, '1h', { exitRules: [{ event: 'stop', reason: 'exit_rule' }] }),
    )
    const customer = await world.addCustomer()
    await world.emit(customer, { name: 'order', properties: { total: 7 } })
    const asleep = await until(async () => {
      const one = (await world.enrollments()).find((seen) => seen.customerId === customer)
      return one?.started && one.waitingFor === 'event' && one
    })
    await new Promise((resolve) => setTimeout(resolve, 20))
    await world.emit(customer, { name: 'stop' })
    const [enrollment] = await ended(customer)
    expect(enrollment).toMatchObject({ status: 'exited', endReason: 'exit_rule' })
    const connection = await Connection.connect({ address: temporal.address })
    const handle = new Client({ connection, namespace: temporal.namespace }).workflow.getHandle(asleep.id)
    await until(async () => (await handle.describe()).status.name !== 'RUNNING')
    await connection.close()
  })

  it('finds again what was lost: a request without a wake-up, a workflow that somebody ended', async () => {
    await world.rows('delete from live_entries')
    await world.publish(orderGraph(world.templateId, '1h'))
    const customer = await world.addCustomer()
    await world.emit(customer, { name: 'order', properties: { total: 70 } })
    const asleep = await until(async () => {
      const one = (await world.enrollments()).find((seen) => seen.customerId === customer)
      return one?.started && one.waitingFor === 'event' && one
    })
    const connection = await Connection.connect({ address: temporal.address })
    await new Client({ connection, namespace: temporal.namespace }).workflow
      .getHandle(asleep.id)
      .terminate('lost')
    await connection.close()
    await world.rows(
      `insert into requests (workspace_id, enrollment_id, kind, seq, member_id, reason) values ($1, $2, 'skip', 2, 'm', 'why')`,
      [world.workspaceId, asleep.id],
    )
    await ended(customer)
    expect(await world.path(asleep.id)).toEqual([
      'start:next',
      'next_order:timed_out',
      'size:yes',
      'large:sent',
    ])
    expect(await mailsTo(customer)).toHaveLength(1)
  })
})
