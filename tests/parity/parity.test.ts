import { takeEvents } from '@tropa/db/outbox'
import { partitions } from '@tropa/db/partition'
import { inTransaction } from '@tropa/db/statement'
import { kinds } from '@tropa/nodes'
import { startEngine } from '@tropa/worker/engine'
import { hostMailbox } from '@tropa/worker/mailbox'
import { freshNamespace, LegsByHand, until, World } from '@tropa/worker/testing'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { secret } from '../chaos/rig.ts'
import { createDatabase, type TestDatabase, useTemporal } from '../setup/use-services.ts'
import { comparable, horizonMs, type Planted, plant, recorded, sampleCases, simulated } from './case.ts'

const entryAt = Date.UTC(2026, 0, 1)
const day = 86_400_000
const seed = Number(process.env.PARITY_SEED ?? 20_261_122)
const silent = pino({ level: 'silent' })

let database: TestDatabase
let world: World
let mailbox: Awaited<ReturnType<typeof hostMailbox>>

beforeAll(async () => {
  database = await createDatabase()
  world = await World.build(database.url)
  mailbox = await hostMailbox({ databaseUrl: database.url, secret }, silent)
})
afterAll(async () => {
  await mailbox.close()
  await world.close()
  await database.drop()
})

/** Compares the engine's record with the simulator's walk; answers how many steps agreed. */
async function expectParity(planted: Planted): Promise<number> {
  const mine = (await world.enrollments()).filter(({ customerId }) => customerId === planted.customerId)
  expect(mine).toHaveLength(1)
  const [enrollment] = mine
  if (!enrollment) return 0
  const engine = comparable(await recorded(world, enrollment.id))
  const simulator = comparable(await simulated(world, planted, enrollment))
  expect(engine).toEqual(simulator)
  return engine.length
}

describe('random journeys take the same steps in the simulator and', () => {
  it('in legs on Postgres', { timeout: 120_000 }, async () => {
    const legs = new LegsByHand(world, kinds, { secret, mailboxPort: mailbox.port })
    let steps = 0
    for (const one of sampleCases(world.templateId, 120, seed)) {
      const clockId = await world.addClock({
        virtualStart: entryAt + horizonMs,
        fedUntil: entryAt + horizonMs,
        scale: 1,
      })
      const planted = await plant(world, one, clockId, () => legs.route())
      await legs.goOn(planted.customerId)
      steps += await expectParity(planted)
    }
    expect(steps).toBeGreaterThan(400)
    const left = await world.rows(`select 1 from steps where input ->> 'type' = 'leave'`)
    expect(left.length, 'some leave by an exit rule').toBeGreaterThan(0)
  })

  it('in Temporal on a compressed clock', { timeout: 180_000 }, async () => {
    const engine = await startEngine({
      databaseUrl: database.url,
      temporal: await freshNamespace(await useTemporal()),
      secret,
      baseUrl: 'http://tropa.example',
      mailboxPort: mailbox.port,
    })
    await engine.becomeReady(60_000)
    const clockId = await world.addClock({
      virtualStart: entryAt,
      fedUntil: entryAt + horizonMs,
      scale: day / 150,
    })
    const all: Planted[] = []
    const empty = async () => (await world.rows('select 1 from outbox limit 1')).length === 0
    for (const one of sampleCases(world.templateId, 40, seed + 1))
      all.push(await plant(world, one, clockId, () => until(empty)))
    await until(async () => {
      const [left] = await world.rows<{ n: number }>(
        `select count(*)::int as n from enrollments where status = 'active' and clock_id = $1
             and not (waiting_for in ('timer', 'event') and (state #>> '{pending,command,until}')::float8 > $2)`,
        [clockId, entryAt + horizonMs],
      )
      return left?.n === 0
    }, 120_000)
    let steps = 0
    for (const planted of all) steps += await expectParity(planted)
    expect(steps).toBeGreaterThan(120)
    await engine.stop()
  })
})

it('a difference is noticed', async () => {
  const [one] = sampleCases(world.templateId, 1, seed + 2)
  if (!one) throw new Error('no case')
  const clockId = await world.addClock({
    virtualStart: entryAt + horizonMs,
    fedUntil: entryAt + horizonMs,
    scale: 1,
  })
  const route = () => inTransaction(world.pool, (tx) => takeEvents(tx, partitions, 50))
  const legs = new LegsByHand(world, kinds, { secret, mailboxPort: mailbox.port })
  const planted = await plant(world, one, clockId, () => legs.route().then(route))
  await legs.goOn(planted.customerId)
  await expectParity(planted)
  const [enrollment] = (await world.enrollments()).filter((seen) => seen.customerId === planted.customerId)
  await world.rows(`update steps set output = 'elsewhere' where enrollment_id = $1 and seq = 1`, [
    enrollment?.id,
  ])
  await expect(expectParity(planted)).rejects.toThrow()
})
