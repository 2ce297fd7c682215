import { takeMended, takeReleased } from '@tropa/db/engine-calls'
import { describe, expect, it } from 'vitest'
import { eachTestWith } from '../testing/each-test.ts'
import { type CustomerSketch, type MailSketch, MailWorld, type World } from '../testing/index.ts'
import { deliver } from './deliver.ts'

let mails: MailWorld
let world: World

eachTestWith(MailWorld.fresh, (fresh) => {
  mails = fresh
  world = fresh.world
})

describe('the gate', () => {
  it.each<[string, MailSketch, CustomerSketch, string]>([
    ['never agreed', {}, { consent: null }, 'consent_missing'],
    ['unsubscribed', {}, { consent: 'revoked' }, 'consent_revoked'],
    ['has no address', {}, { email: null }, 'no_address'],
    ['has an address that cannot be one', {}, { email: 'nobody' }, 'address_invalid'],
    ['has an address from before such were refused', {}, { email: 'a@b' }, 'address_invalid'],
  ])('refuses somebody who %s', async (_, mail, sketch, reason) => {
    const { id, enrollment } = await mails.planned(mail, sketch)
    expect(await deliver(mails.deps, id)).toEqual({ done: true })
    expect(await mails.seen(id)).toEqual({ status: 'not_sent', reason, attempts: [] })
    expect(await mails.outcomeOf(enrollment)).toBe('bad:-')
    expect(mails.smtp.ledger).toHaveLength(0)
  })

  it('says of somebody whose address is another customer’s that it is, not that there is none', async () => {
    await world.addCustomer({ email: 'both@example.test' })
    const attributes = { email: ' Both@example.test' }
    const { id } = await mails.planned({}, { email: null, attributes })
    expect(await deliver(mails.deps, id)).toEqual({ done: true })
    expect(await mails.seen(id)).toMatchObject({ status: 'not_sent', reason: 'address_of_another' })
  })

  it('lets a transactional email through without consent, but not to a suppressed address', async () => {
    const mail = { messageClass: 'transactional' } as const
    const { id } = await mails.planned(mail, { consent: null })
    await deliver(mails.deps, id)
    expect(await mails.seen(id)).toMatchObject({ status: 'accepted' })
    const other = await mails.planned(mail, { consent: null, email: 'gone@example.test' })
    await world.rows(
      `insert into suppressions (workspace_id, channel, address, reason) values ($1, 'email', 'gone@example.test', 'bounce')`,
      [world.workspaceId],
    )
    await deliver(mails.deps, other.id)
    expect(await mails.seen(other.id)).toMatchObject({ status: 'not_sent', reason: 'suppressed' })
  })

  it('writes to the address the customer is known by now, whatever others they had before or since', async () => {
    const { id, customer } = await mails.planned({}, { email: 'now@example.test' })
    await world.rows(
      `update customers set attributes = attributes || '{"email": " Now@Example.test"}' where id = $1`,
      [customer],
    )
    await world.rows(
      `insert into identifiers (workspace_id, type, value, customer_id, created_at)
       values ($1, 'email', 'former@example.test', $2, now() + interval '1 s')`,
      [world.workspaceId, customer],
    )
    await mails.deliverToTheEnd(id)
    expect(mails.smtp.ledger.map(({ to }) => to)).toEqual([['now@example.test']])
  })

  it('refuses a topic the customer withdrew from, and lets another one pass', async () => {
    const { id, customer } = await mails.planned({ topic: 'sales' })
    await world.setConsent(customer, 'revoked', 'sales')
    await deliver(mails.deps, id)
    expect(await mails.seen(id)).toMatchObject({ status: 'not_sent', reason: 'consent_revoked' })
    const other = await mails.planned({ topic: 'news' })
    await world.setConsent(other.customer, 'revoked', 'sales')
    await deliver(mails.deps, other.id)
    expect(await mails.seen(other.id)).toMatchObject({ status: 'accepted' })
  })

  it('sends nothing that is not filled in', async () => {
    const template = await world.addTemplate('Hi {{ customer.first_name }}', '<p>Hello</p>')
    const { id } = await mails.planned({ template })
    await deliver(mails.deps, id)
    expect(await mails.seen(id)).toEqual({ status: 'not_sent', reason: 'missing_variable', attempts: [] })
  })

  it('holds the message while the journey is paused, and lets it go when it goes on', async () => {
    const { id, enrollment } = await mails.planned()
    await world.rows(`update journeys set status = 'paused'`)
    expect(await deliver(mails.deps, id)).toMatchObject({ done: false })
    expect(await mails.seen(id)).toMatchObject({ status: 'planned', reason: 'journey_paused' })
    expect(await takeReleased(world.pool, 10)).toEqual([])
    await world.rows(`update journeys set status = 'live'`)
    const { workspaceId } = world
    expect(await takeReleased(world.pool, 10)).toEqual([{ id: enrollment, workspaceId }])
    expect(await takeReleased(world.pool, 10)).toEqual([])
    expect(await deliver(mails.deps, id)).toMatchObject({ done: true })
    expect(await mails.seen(id)).toMatchObject({ status: 'accepted' })
  })

  it('holds the message while its connection is broken, and lets it go when that is mended', async () => {
    const { id, enrollment } = await mails.planned()
    await world.rows('update connections set broken_since = now()')
    expect(await deliver(mails.deps, id)).toMatchObject({ done: false })
    expect(await mails.seen(id)).toMatchObject({ status: 'planned', reason: 'connection_broken' })
    expect(await takeMended(world.pool, 10)).toEqual([])
    await world.rows('update connections set broken_since = null')
    const { workspaceId } = world
    expect(await takeMended(world.pool, 10)).toEqual([{ id: enrollment, workspaceId }])
    expect(await takeMended(world.pool, 10)).toEqual([])
    expect(await deliver(mails.deps, id)).toMatchObject({ done: true })
    expect(await mails.seen(id)).toMatchObject({ status: 'accepted' })
  })

  it('leaves a connection that broke in peace for five seconds, then tries it', async () => {
    const { id } = await mails.planned()
    await world.rows(`update connections set broken_since = now() - interval '2 s'`)
    const held = await deliver(mails.deps, id)
    expect(held).toMatchObject({ done: false })
    expect('retryInMs' in held && held.retryInMs).toBeLessThanOrEqual(3_000)
    await world.rows(`update connections set broken_since = now() - interval '5 s'`)
    await world.rows('update messages set retry_at = null')
    expect(await deliver(mails.deps, id)).toMatchObject({ done: true })
    expect(await mails.seen(id)).toMatchObject({ status: 'accepted' })
  })

  it('sends nothing once an exit event is stored, routed or not', async () => {
    const { id, enrollment, customer } = await mails.planned(
      {},
      {},
      { exitRules: [{ event: 'stop', reason: 'exit_rule' }] },
    )
    await world.emit(customer, { name: 'stop' })
    expect(await deliver(mails.deps, id)).toEqual({ done: true })
    expect(mails.smtp.ledger).toHaveLength(0)
    expect(await mails.outcomeOf(enrollment)).toBe('mail:-')
  })
})
