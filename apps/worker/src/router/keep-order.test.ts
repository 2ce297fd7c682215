import { openDatabase } from '@tropa/db'
import { endClock, leaveClock } from '@tropa/db/feed'
import { takeEvents } from '@tropa/db/outbox'
import { partitions } from '@tropa/db/partition'
import { inTransaction } from '@tropa/db/statement'
import { kinds } from '@tropa/nodes'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { createDatabase, type TestDatabase } from '../../../../tests/setup/use-services.ts'
import { runLeg } from '../enrollment/leg.ts'
import { PlanShelf } from '../enrollment/plan-shelf.ts'
import { World, waitGraph } from '../testing/index.ts'
import { keepOrder } from './keep-order.ts'
import { routeEvents } from './route.ts'

const day = 86_400_000
const start = Date.UTC(1997, 0, 1)
const deps = { plans: new PlanShelf(), kinds }
let database: TestDatabase
let world: World
let clockId: string

/** Routes what may be routed now; answers how many events that were. */
const route = () =>
  inTransaction(world.pool, async (tx) => {
    const events = await keepOrder(tx, await takeEvents(tx, partitions, 50))
    await routeEvents({ ...deps, legsInRouter: true }, tx, events)
    return events.length
  })

const order = (customer: string, days: number) =>
  world.emit(customer, { name: 'order', at: start + days * day, clockId })

beforeAll(async () => {
  database = await createDatabase()
  world = await World.build(database.url)
  const graph = waitGraph('3d')
  await world.publish({ ...graph, settings: { ...graph.settings, reentry: { mode: 'after_exit' } } })
})
beforeEach(async () => {
  await world.rows('truncate enrollments, entry_slots, outbox, rejections, requests')
  clockId = await world.addClock({
    virtualStart: start + 10 * day,
    fedUntil: start + 10 * day,
    scale: 86_400,
  })
})
afterAll(async () => {
  await world.close()
  await database.drop()
})

it('holds an event back until the timers before it have been dealt with, and then lets the customer in again', async () => {
  const customer = await world.addCustomer()
  await order(customer, 0)
  expect(await route()).toBe(1)
  await order(customer, 5)
  await order(customer, 6)
  expect(await route()).toBe(0)
  expect(await world.rows('select 1 from outbox')).toHaveLength(2)
  const [first] = await world.enrollments()
  await inTransaction(world.pool, (tx) => runLeg(deps, tx, first?.id ?? ''))
  expect(await route()).toBe(2)
  expect(await world.rows('select reason from rejections')).toEqual([{ reason: 'reentry_not_allowed' }])
  expect((await world.enrollments()).map(({ status }) => status)).toEqual(['completed', 'active'])
})

it('holds nobody else up, and no event that comes before the timer', async () => {
  const [late, other] = [await world.addCustomer(), await world.addCustomer()]
  await order(late, 0)
  await route()
  await order(late, 2)
  await order(late, 5)
  await order(other, 5)
  expect(await route()).toBe(1)
  expect(await world.rows('select customer_id as id from outbox')).toEqual([{ id: late }, { id: late }])
})

it('ends the test enrollments of a run that a member stops, and lets no further event in', async () => {
  const [inside, outside] = [await world.addCustomer(), await world.addCustomer()]
  await order(inside, 9)
  await route()
  const { db, close } = openDatabase(database.url)
  const [clock] = await world.rows<{ importId: string }>(
    'select import_id as "importId" from clocks where id = $1',
    [clockId],
  )
  await order(outside, 10)
  await endClock(db, clock?.importId ?? '')
  await leaveClock(db, clock?.importId ?? '', { memberId: 'anna', reason: 'orders.csv' })
  await close()
  await route()
  const [only, ...others] = await world.enrollments()
  expect(others).toEqual([])
  await inTransaction(world.pool, (tx) => runLeg(deps, tx, only?.id ?? ''))
  expect(await world.enrollments()).toMatchObject([{ status: 'removed', endReason: 'removed_by_member' }])
  const [left] = await world.rows<{ at: Date }>('select ended_at as at from enrollments')
  expect((left?.at.getTime() ?? 0) - start, 'on the day the clock shows').toBeGreaterThanOrEqual(10 * day)
})
