import { openDatabase } from '@tropa/db'
import { partitions } from '@tropa/db/partition'
import { wakeRouter } from '@tropa/db/wake-router'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { createDatabase, type TestDatabase } from '../../../../tests/setup/use-services.ts'
import { Outages } from '../outages.ts'
import { until, World } from '../testing/index.ts'
import { Leases } from './leases.ts'

let database: TestDatabase
let world: World

beforeAll(async () => {
  database = await createDatabase()
  world = await World.build(database.url)
})
afterAll(async () => {
  await world.close()
  await database.drop()
})

const connections = async () => {
  const [row] = await world.rows<{ n: number }>(
    `select count(*)::int as n from pg_stat_activity
     where datname = current_database() and application_name = 'tropa-router'`,
  )
  return row?.n ?? 0
}
const cut = () =>
  world.rows(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and application_name = 'tropa-router'`,
  )

const all = partitions.length

/** What holds partitions, until the test ends at the latest: left alive it would take them from the next one. */
const open = (stir: (told?: number[]) => void = () => undefined) => {
  const leases = new Leases(database.url, new Outages(pino({ level: 'silent' })), stir)
  onTestFinished(() => leases.stop())
  return leases
}

/** Resolves while partitions are being taken. */
async function whileTaking(leases: Leases): Promise<void> {
  while (leases.held.size === 0 || leases.held.size === all)
    await new Promise((resolve) => setImmediate(resolve))
}

it('a process that loses its connection time and again ends with one connection and all partitions', async () => {
  const leases = open()
  await leases.start()
  expect(leases.held.size).toBe(all)
  for (let times = 0; times < 5; times += 1) {
    await cut()
    await whileTaking(leases)
    await cut()
    await until(async () => leases.held.size === all && (await connections()) === 1, 20_000)
  }
  await new Promise((resolve) => setTimeout(resolve, 800))
  expect(await connections(), 'no second one comes late').toBe(1)
  await leases.stop()
  await until(async () => (await connections()) === 0)
}, 60_000)

it('two processes share the partitions, and one that ends leaves its share to the other', async () => {
  const [one, other] = [open(), open()]
  await one.start()
  await other.start()
  await until(async () => one.held.size === all / 2 && other.held.size === all / 2, 20_000)
  expect([...one.held].filter((partition) => other.held.has(partition))).toEqual([])
  await one.stop()
  await until(async () => other.held.size === all, 20_000)
  await other.stop()
}, 45_000)

it('hears which partitions have something to route, or that any may have', async () => {
  const told: (number[] | undefined)[] = []
  const leases = open((parts) => told.push(parts))
  await leases.start()
  told.length = 0
  const { db, close } = openDatabase(database.url, { max: 1 })
  const ids = ['00000000-0000-4000-8000-000000000003', '00000000-0000-4000-8000-000000000041']
  wakeRouter(db, undefined, ids)
  wakeRouter(db)
  await until(async () => told.length === 2)
  expect(told).toEqual([[3, 1], undefined])
  await close()
  await leases.stop()
})
