import { openDatabase } from '@tropa/db'
import { mergeCustomers } from '@tropa/db/merges'
import { removeTestEnrollments, testEnrollmentsOf } from '@tropa/db/undo-tests'
import { expect, it } from 'vitest'
import { eachTestWith } from '../testing/each-test.ts'
import { orderGraph, RoutingWorld, sketchGraph, type World } from '../testing/index.ts'

let rig: RoutingWorld
let world: World

eachTestWith(RoutingWorld.fresh, (fresh) => {
  rig = fresh
  world = fresh.world
})

async function merge(loser: string, survivor: string): Promise<void> {
  const { db, close } = openDatabase(world.url, { max: 1 })
  await db
    .transaction((tx) => mergeCustomers(tx, world.workspaceId, { loser, survivor }))
    .finally(() => close())
}

/** Lets two customers in, the first a second earlier, and answers their enrollments in that order. */
async function enter(first: string, second: string): Promise<[string, string]> {
  await world.emit(first, { name: 'order', properties: { total: 10 }, at: Date.now() - 3_000 })
  await rig.route()
  await world.emit(second, { name: 'order', properties: { total: 10 }, at: Date.now() - 2_000 })
  await rig.route()
  const of = async (customer: string) =>
    (await world.enrollments()).find(({ customerId }) => customerId === customer)?.id ?? ''
  return [await of(first), await of(second)]
}

const stateOf = async (id: string) => {
  const found = (await world.enrollments()).find((one) => one.id === id)
  return [found?.status, found?.endReason]
}

it.each([
  ['the survivor', true],
  ['the one who goes', false],
])('of two in one journey the earlier goes on, whether it is %s', async (_, survivorWasFirst) => {
  await world.publish(orderGraph(world.templateId))
  const [first, second] = [await world.addCustomer(), await world.addCustomer()]
  const [kept, dropped] = await enter(first, second)
  await (survivorWasFirst ? merge(second, first) : merge(first, second))
  for (const id of [kept, dropped]) await rig.leg(id)
  expect([await stateOf(kept), await stateOf(dropped)]).toEqual([
    ['active', null],
    ['exited', 'customer_merged'],
  ])
  const [step] = await world.rows<{ status: string; reason: string }>(
    'select status, reason from steps where enrollment_id = $1 order by seq desc limit 1',
    [dropped],
  )
  expect(step).toEqual({ status: 'ended', reason: 'customer_merged' })
  await world.emit(survivorWasFirst ? first : second, { name: 'order', properties: { total: 20 } })
  await rig.route()
  expect(await world.rows('select enrollment_id, node from messages')).toEqual([
    { enrollment_id: kept, node: 'thanks' },
  ])
})

it('who is in the journey as the one who went does not enter again as the one who stayed', async () => {
  const rest = { kind: 'wait', config: { for: '1d' } }
  const graph = sketchGraph(
    { start: { kind: 'event_entry', config: { event: 'order' }, next: { next: 'rest' } }, rest },
    { reentry: { mode: 'after_exit' } },
  )
  await world.publish(graph)
  const [loser, survivor] = [await world.addCustomer(), await world.addCustomer()]
  await world.emit(loser, { name: 'order', at: Date.now() - 3_000 })
  await rig.route()
  await merge(loser, survivor)
  await world.emit(survivor, { name: 'order', at: Date.now() - 2_000 })
  await rig.route()
  expect(await rig.reasons()).toEqual(['reentry_not_allowed'])
  const [inside] = await world.enrollments()
  await rig.shift(inside?.id ?? '', 2 * 86_400_000)
  await rig.leg(inside?.id ?? '')
  await world.emit(survivor, { name: 'order' })
  await rig.route()
  const all = await world.enrollments()
  expect(all.map(({ status }) => status).sort()).toEqual(['active', 'completed'])
  expect(all.find(({ status }) => status === 'active')?.customerId).toBe(survivor)
})

it('parallel passages under different keys all go on', async () => {
  const graph = sketchGraph({
    start: { kind: 'event_entry', config: { event: 'order', key: 'cart' }, next: { next: 'rest' } },
    rest: { kind: 'wait', config: { for: '1d' } },
  })
  await world.publish(graph)
  const [loser, survivor] = [await world.addCustomer(), await world.addCustomer()]
  await world.emit(loser, { name: 'order', properties: { cart: 'a' } })
  await world.emit(survivor, { name: 'order', properties: { cart: 'b' } })
  await rig.route()
  await merge(loser, survivor)
  expect(await world.rows('select 1 from requests')).toEqual([])
})

it('the undo of a test run leaves none of the places that a merge has carried over', async () => {
  await world.publish(orderGraph(world.templateId))
  const now = Date.now()
  const clockId = await world.addClock({ virtualStart: now, fedUntil: now, scale: 10 })
  const [loser, survivor] = [await world.addCustomer(), await world.addCustomer()]
  await world.emit(loser, { name: 'order', properties: { total: 10 }, at: now - 3_000, clockId })
  await rig.route()
  await merge(loser, survivor)
  expect(await world.rows('select 1 from entry_slots')).toHaveLength(2)
  const [clock] = await world.rows<{ importId: string }>('select import_id as "importId" from clocks')
  const page = await testEnrollmentsOf(world.pool, world.workspaceId, clock?.importId ?? '', 10)
  await removeTestEnrollments(world.pool, page)
  expect(await world.rows('select 1 from entry_slots')).toEqual([])
})
