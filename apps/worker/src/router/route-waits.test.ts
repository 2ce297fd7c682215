import { openDatabase } from '@tropa/db'
import { mergeCustomers } from '@tropa/db/merges'
import { messageFacts } from '@tropa/db/messages'
import { describe, expect, it } from 'vitest'
import { eachTestWith } from '../testing/each-test.ts'
import { orderGraph, RoutingWorld, sketchGraph, type World } from '../testing/index.ts'

let rig: RoutingWorld
let world: World

eachTestWith(RoutingWorld.fresh, (fresh) => {
  rig = fresh
  world = fresh.world
})

describe('an event for somebody who waits', () => {
  it('ends the wait, plans the message and wakes the workflow', async () => {
    await world.publish(orderGraph(world.templateId))
    const customer = await world.addCustomer()
    await world.emit(customer, { name: 'order', properties: { total: 10 }, at: Date.now() - 2_000 })
    await rig.route()
    await world.rows('update enrollments set started_at = now()')
    const second = await world.emit(customer, { name: 'order', properties: { total: 20 } })
    const [enrollment] = await world.enrollments()
    const id = enrollment?.id ?? ''
    expect(await rig.route()).toEqual([
      {
        do: 'move',
        started: true,
        next: { do: 'send', messageId: expect.any(String) },
        workspaceId: world.workspaceId,
        enrollmentId: id,
      },
    ])
    expect(await world.path(id)).toEqual(['start:next', 'next_order:happened'])
    expect(await world.rows('select status, matched_event_id::int from waits')).toEqual([
      { status: 'matched', matched_event_id: second },
    ])
    expect(await world.rows('select node, status from messages')).toEqual([
      { node: 'thanks', status: 'planned' },
    ])
    expect(await rig.reasons()).toEqual(['reentry_not_allowed'])
  })

  it('is found by the look back when it was stored before the wait opened', async () => {
    await world.publish(orderGraph(world.templateId))
    const customer = await world.addCustomer()
    const at = Date.now() - 60_000
    await world.emit(customer, { name: 'order', properties: { total: 10 }, at })
    await world.emit(customer, { name: 'order', properties: { total: 20 }, at: at + 1_000 })
    const launches = await rig.route()
    expect(launches).toMatchObject([{ do: 'move', started: false, next: { do: 'send' } }])
    const [enrollment] = await world.enrollments()
    expect(await world.path(enrollment?.id ?? '')).toEqual(['start:next', 'next_order:happened'])
    expect(await world.rows('select status from waits')).toEqual([{ status: 'matched' }])
  })

  it('wakes nobody and ends nothing when it comes 30 days after it happened, not even when the wait looks back', async () => {
    await world.publish({
      ...orderGraph(world.templateId, '40d'),
      settings: { reentry: { mode: 'never' }, exitRules: [{ event: 'stop', reason: 'exit_rule' }] },
    })
    const customer = await world.addCustomer()
    const day = 86_400_000
    const entry = await world.emit(customer, { name: 'order', at: Date.now() - 39 * day })
    await world.rows('update events set received_at = occurred_at where id = $1', [entry])
    await rig.route()
    await world.emit(customer, { name: 'order', at: Date.now() - 35 * day })
    await world.emit(customer, { name: 'stop', at: Date.now() - 34 * day })
    expect(await rig.route()).toEqual([])
    const [enrollment] = await world.enrollments()
    await rig.leg(enrollment?.id ?? '')
    expect(await world.enrollments()).toMatchObject([{ status: 'active', place: 'next_order' }])
    expect(await rig.reasons()).toEqual(['too_old'])
  })

  it('wins against a timer that is due when both are there', async () => {
    await world.publish(orderGraph(world.templateId, '1m'))
    const customer = await world.addCustomer()
    await world.emit(customer, { name: 'order', properties: { total: 10 } })
    await rig.route()
    const [enrollment] = await world.enrollments()
    const id = enrollment?.id ?? ''
    await rig.shift(id, 120_000)
    await world.rows(
      `insert into events (workspace_id, customer_id, message_id, name, occurred_at, source, body_hash)
       values ($1, $2, 'late', 'order', now() - interval '90 seconds', 'api', '')`,
      [world.workspaceId, customer],
    )
    expect((await rig.leg(id)).next.do).toBe('send')
    expect(await world.path(id)).toEqual(['start:next', 'next_order:happened'])
  })

  it('times out when none came, chooses by the entry event, and a second leg changes nothing', async () => {
    await world.publish(orderGraph(world.templateId, '1m'))
    const customer = await world.addCustomer()
    await world.emit(customer, { name: 'order', properties: { total: 77 } })
    await rig.route()
    const id = (await world.enrollments())[0]?.id ?? ''
    expect((await rig.leg(id)).next).toMatchObject({ do: 'sleep' })
    await rig.shift(id, 61_000)
    const first = await rig.leg(id)
    expect(first.next.do).toBe('send')
    expect(await rig.leg(id)).toMatchObject({ next: first.next, moved: false })
    expect(await world.path(id)).toEqual(['start:next', 'next_order:timed_out', 'size:yes'])
    expect(await world.rows('select status from waits')).toEqual([{ status: 'timed_out' }])
    expect(await world.rows('select node from messages')).toEqual([{ node: 'large' }])
  })

  it('does not wake by an event that the filter refuses, nor by one of a compressed run', async () => {
    const filter = { fact: 'event', params: { property: 'total' }, operator: 'greaterThan', value: 50 }
    await world.publish(
      sketchGraph({
        start: { kind: 'event_entry', config: { event: 'begin' }, next: { next: 'hear' } },
        hear: { kind: 'wait_event', config: { event: 'order', within: '1d', filter } },
      }),
    )
    const customer = await world.addCustomer()
    await world.emit(customer, { name: 'begin', at: Date.now() - 1_000 })
    await rig.route()
    await world.emit(customer, { name: 'order', properties: { total: 5 } })
    const clockId = await world.addClock({ virtualStart: Date.now(), fedUntil: Date.now(), scale: 1_000 })
    await world.emit(customer, { name: 'order', properties: { total: 500 }, clockId })
    expect(await rig.route()).toEqual([])
    expect(await world.rows('select status from waits')).toEqual([{ status: 'open' }])
  })
})

describe('somebody who was merged into another customer', () => {
  it('goes on with the events, the address and the consent of that customer', async () => {
    await world.publish(orderGraph(world.templateId))
    const [loser, survivor] = [
      await world.addCustomer(),
      await world.addCustomer({ email: 'kept@example.test' }),
    ]
    await world.emit(loser, { name: 'order', properties: { total: 10 }, at: Date.now() - 2_000 })
    await rig.route()
    const { db, close } = openDatabase(world.url)
    await db.transaction((tx) => mergeCustomers(tx, world.workspaceId, { loser, survivor }))
    await close()
    await world.emit(survivor, { name: 'order', properties: { total: 20 } })
    await rig.route()
    const mine = (await world.enrollments()).find(({ customerId }) => customerId === loser)
    expect(await world.path(mine?.id ?? '')).toEqual(['start:next', 'next_order:happened'])
    const [message] = await world.rows<{ id: string }>('select id from messages where customer_id = $1', [
      loser,
    ])
    const [facts] = await messageFacts(world.pool, message?.id ?? '')
    expect(facts).toMatchObject({ personId: survivor })
    expect([facts?.email, facts?.consents.length]).toEqual(['kept@example.test', 1])
  })
})
