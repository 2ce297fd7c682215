import { stepsOf } from '@tropa/db/steps'
import { chainHashes } from '@tropa/journey'
import { describe, expect, it } from 'vitest'
import { eachTestWith } from '../testing/each-test.ts'
import { orderGraph, RoutingWorld, sketchGraph, type World, waitGraph } from '../testing/index.ts'

let rig: RoutingWorld
let world: World

eachTestWith(RoutingWorld.fresh, (fresh) => {
  rig = fresh
  world = fresh.world
})

const wait = waitGraph('1d')

describe('leaving', () => {
  it('happens at once by an exit rule and frees the slot', async () => {
    await world.publish({
      ...wait,
      settings: { reentry: { mode: 'never' }, exitRules: [{ event: 'stop', reason: 'goal_reached' }] },
    })
    const customer = await world.addCustomer()
    await world.emit(customer, { name: 'order', at: Date.now() - 1_000 })
    await rig.route()
    await world.rows('update enrollments set started_at = now()')
    await world.emit(customer, { name: 'stop' })
    expect(await rig.route()).toMatchObject([{ do: 'finish' }])
    expect(await world.enrollments()).toMatchObject([{ status: 'completed', endReason: 'goal_reached' }])
    expect(await world.rows('select ended_at is not null as ended from entry_slots')).toEqual([
      { ended: true },
    ])
  })

  it('ends only the passage of the key that the event carries; its wait hears no other key either', async () => {
    const graph = sketchGraph({
      start: { kind: 'event_entry', config: { event: 'cart', key: 'cart_id' }, next: { next: 'hear' } },
      hear: { kind: 'wait_event', config: { event: 'looked', within: '1d' } },
    })
    await world.publish({
      ...graph,
      settings: { reentry: { mode: 'never' }, exitRules: [{ event: 'bought', reason: 'goal_reached' }] },
    })
    const customer = await world.addCustomer()
    const told = async (name: string, cart_id: string, ago: number) => {
      await world.emit(customer, { name, properties: { cart_id }, at: Date.now() - ago })
      await rig.route()
    }
    for (const key of ['c1', 'c2', 'c3']) await told('cart', key, 3_000)
    await told('bought', 'c1', 2_000)
    await told('looked', 'c2', 1_000)
    const ends = (await world.enrollments()).map(({ entryKey, status, endReason }) => [
      entryKey,
      status,
      endReason,
    ])
    expect(ends.sort()).toEqual([
      ['c1', 'completed', 'goal_reached'],
      ['c2', 'completed', 'end'],
      ['c3', 'active', null],
    ])
  })

  it('happens on a member’s request, and a skip ends only the visit it was asked at', async () => {
    await world.publish(orderGraph(world.templateId))
    const customer = await world.addCustomer()
    await world.emit(customer, { name: 'order', properties: { total: 1 } })
    await rig.route()
    const id = (await world.enrollments())[0]?.id ?? ''
    const ask = (kind: string, seq: number) =>
      world.rows(
        `insert into requests (workspace_id, enrollment_id, kind, seq, member_id, reason) values ($1, $2, $3, $4, 'm', 'why')`,
        [world.workspaceId, id, kind, seq],
      )
    await ask('skip', 1)
    expect(await rig.leg(id)).toMatchObject({ moved: false })
    await ask('skip', 2)
    expect((await rig.leg(id)).next.do).toBe('send')
    await ask('remove', 4)
    expect((await rig.leg(id)).next.do).toBe('end')
    expect(await world.path(id)).toEqual(['start:next', 'next_order:timed_out', 'size:else', 'small:-'])
    expect(await world.enrollments()).toMatchObject([{ status: 'removed', endReason: 'removed_by_member' }])
    expect(await world.rows('select count(*)::int as n from requests where applied_at is null')).toEqual([
      { n: 0 },
    ])
  })
})

describe('the record', () => {
  it('is a chain of hashes over the steps as they were read back', async () => {
    await world.publish(orderGraph(world.templateId))
    const customer = await world.addCustomer()
    await world.emit(customer, { name: 'order', properties: { total: 10 }, at: Date.now() - 2_000 })
    await world.emit(customer, { name: 'order', properties: { total: 20 }, at: Date.now() - 1_000 })
    await rig.route()
    const [enrollment] = await world.enrollments()
    const stored = await stepsOf(world.pool, enrollment?.id ?? '')
    expect(stored.length).toBe(2)
    const steps = stored.map(({ hash: _, ...step }) => step)
    expect(chainHashes(steps, enrollment?.salt ?? '')).toEqual(stored.map(({ hash }) => hash))
  })
})
