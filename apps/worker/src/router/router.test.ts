import { lockCustomers } from '@tropa/db/enrollments'
import { partitionOf } from '@tropa/db/partition'
import { inTransaction, type Transaction } from '@tropa/db/statement'
import { kinds } from '@tropa/nodes'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { PlanShelf } from '../enrollment/plan-shelf.ts'
import { Launcher } from '../launcher.ts'
import { Outages } from '../outages.ts'
import { eachTestWith } from '../testing/each-test.ts'
import { orderGraph, RoutingWorld, until, type World } from '../testing/index.ts'
import { Router } from './router.ts'

let world: World
let router: Router

eachTestWith(RoutingWorld.fresh, (fresh) => {
  world = fresh.world
})
beforeEach(async () => {
  await world.publish(orderGraph(world.templateId))
  const log = pino({ level: 'silent' })
  const outages = new Outages(log)
  const { pool, url: databaseUrl } = world
  const launcher = new Launcher({ pool, client: () => null, outages, startDelay: true, concurrency: 1 })
  const legs = { plans: new PlanShelf(), kinds, legsInRouter: true }
  router = new Router({
    ...{ ...legs, pool, databaseUrl, launcher, outages, log },
    ...{ lanes: 2, pollMs: 50, called: () => undefined },
  })
})
afterEach(() => router.stop())

const order = (customer: string) => world.emit(customer, { name: 'order' })

/** Whose events wait in the outbox, each once. */
async function waiting(): Promise<string[]> {
  const rows = await world.rows<{ id: string }>('select distinct customer_id as id from outbox')
  return rows.map(({ id }) => id).sort()
}

/** A customer whose events are routed in the same part of the outbox as another one's. */
async function neighbourOf(customer: string): Promise<string> {
  for (;;) {
    const found = await world.addCustomer()
    if (partitionOf(found) === partitionOf(customer)) return found
  }
}

const holdRows = (tx: Transaction, customers: string[]) =>
  tx.query('select id from enrollments where customer_id = any($1) order by id for update', [customers])

it.each([
  ['the mutex', lockCustomers],
  ['a row', holdRows],
])(
  'while somebody holds %s of some customers, their events wait in order and nobody else does',
  async (_, hold) => {
    const [held, others] = await Promise.all(
      [3, 30].map((count) => Promise.all(Array.from({ length: count }, () => world.addCustomer()))),
    )
    if (!held || !others) throw new Error('There is nobody.')
    await router.start()
    for (const customer of held) await order(customer)
    await until(async () => (await waiting()).length === 0)

    const seconds = await inTransaction(world.pool, async (tx) => {
      await hold(tx, held)
      const seconds: number[] = []
      for (const customer of held) {
        seconds.push(await order(customer))
        await order(customer)
      }
      for (const customer of others) await order(customer)
      await until(async () => (await waiting()).every((id) => held.includes(id)))
      expect(await waiting()).toEqual([...held].sort())
      return seconds
    })

    await until(async () => (await waiting()).length === 0)
    const matched = await world.rows<{ id: string }>(
      'select matched_event_id as id from waits where matched_event_id is not null',
    )
    expect(matched.map(({ id }) => Number(id)).sort()).toEqual(seconds.sort())
  },
  60_000,
)

it('however many events of a held customer wait, they keep back nobody of the same part', async () => {
  const held = await world.addCustomer()
  const neighbour = await neighbourOf(held)
  await router.start()
  await inTransaction(world.pool, async (tx) => {
    await lockCustomers(tx, [held])
    for (let sent = 0; sent < 12; sent += 1) await order(held)
    await order(neighbour)
    await until(async () => !(await waiting()).includes(neighbour))
    expect(await waiting()).toEqual([held])
  })
  await until(async () => (await waiting()).length === 0)
}, 60_000)
