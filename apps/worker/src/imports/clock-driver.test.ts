import { type OpenDatabase, openDatabase } from '@tropa/db'
import { changePace } from '@tropa/db/clock-pace'
import { findClock, letClockGoOn, pauseClock, resumeClock } from '@tropa/db/feed'
import { inTransaction } from '@tropa/db/statement'
import { secondsBehind } from '@tropa/db/test-life'
import { kinds } from '@tropa/nodes'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createDatabase, type TestDatabase } from '../../../../tests/setup/use-services.ts'
import { runLegAlone } from '../enrollment/leg.ts'
import { PlanShelf } from '../enrollment/plan-shelf.ts'
import { ImportBench } from '../testing/import-bench.ts'
import { LegsByHand, World, waitGraph } from '../testing/index.ts'
import { ClockDriver } from './clock-driver.ts'

const day = 86_400_000
const start = Date.UTC(1997, 0, 1)
const secret = Buffer.alloc(32, 7).toString('base64url')
let database: TestDatabase
let open: OpenDatabase
let world: World
let legs: LegsByHand

beforeAll(async () => {
  database = await createDatabase()
  world = await World.build(database.url)
  open = openDatabase(database.url, { max: 4 })
  legs = new LegsByHand(world, kinds, { secret, mailboxPort: 1 })
  await world.publish(waitGraph('3d'))
})
beforeEach(() => world.rows('truncate enrollments, entry_slots, outbox, steps'))
afterAll(async () => {
  await open.close()
  await world.close()
  await database.drop()
})

/** Customers who ordered on the given days of a clock that shows day 10 and has every event until `fedDay`. */
async function waiting(days: number[], fedDay = 10): Promise<{ clockId: string; ids: string[] }> {
  const clock = { virtualStart: start + 10 * day, fedUntil: start + fedDay * day, scale: 86_400 }
  const clockId = await world.addClock(clock)
  for (const at of days)
    await world.emit(await world.addCustomer(), { name: 'order', at: start + at * day, clockId })
  await legs.route()
  return { clockId, ids: (await world.enrollments()).map(({ id }) => id) }
}

describe('the driver of a fast clock', () => {
  it('moves those whose time has come, the most overdue first, and leaves the others', async () => {
    const { clockId, ids } = await waiting([5, 2, 9])
    const moved: string[] = []
    const plans = new PlanShelf()
    const moveTest = async ({ id }: { id: string }) => {
      moved.push(id)
      await runLegAlone({ plans, kinds, clocksDriven: true }, world.commits, id)
    }
    const driver = new ClockDriver({ pool: world.pool, beat: () => {}, moveTest })
    expect(await driver.turn(clockId)).toBe(2)
    expect(moved).toEqual([ids[0], ids[1]])
    expect((await world.enrollments()).map(({ status }) => status)).toEqual([
      'completed',
      'completed',
      'active',
    ])
    expect(await driver.turn(clockId)).toBe(0)
  })

  it('waits for events that come before a timer and are not stored yet', async () => {
    const { clockId } = await waiting([5], 7)
    const moveTest = async () => expect.unreachable()
    const driver = new ClockDriver({ pool: world.pool, beat: () => {}, moveTest })
    expect(await driver.turn(clockId)).toBe(0)
  })

  it('goes on with the others when one cannot be moved, tries it again later, and lets it hold no clock up', async () => {
    const { clockId, ids } = await waiting([2, 3])
    const moved: string[] = []
    const moveTest = async ({ id }: { id: string }) => {
      if (id === ids[0]) throw new Error('broken')
      moved.push(id)
      await world.rows(`update enrollments set status = 'completed' where id = $1`, [id])
    }
    const driver = new ClockDriver({ pool: world.pool, beat: () => {}, moveTest })
    await driver.turn(clockId)
    expect(moved).toEqual([ids[1]])
    expect(driver.stuck).toEqual([ids[0]])
    expect(await driver.turn(clockId), 'it rests for a second').toBe(0)
    await world.rows(`update enrollments set due_at = now() - interval '9 s' where id = $1`, [ids[0]])
    expect(await secondsBehind(open.db, clockId, [])).toBeGreaterThan(8)
    expect(await secondsBehind(open.db, clockId, driver.stuck)).toBe(0)
    await new Promise((resolve) => setTimeout(resolve, 1_100))
    expect(await driver.turn(clockId)).toBe(1)
  })
})

describe('a clock that stands still for the engine', () => {
  const standing = async () => {
    const bench = new ImportBench(open)
    const { importId, workspaceId } = await bench.start({ mode: 'compressed', secondsPerDay: 1 })
    await world.rows(
      `insert into clocks (workspace_id, import_id, real_start, virtual_start, scale, fed_until)
       values ($1, $2, now() - interval '2 s', '1997-01-01Z', 86400, '1997-01-01Z')`,
      [workspaceId, importId],
    )
    await pauseClock(open.db, importId)
    return importId
  }

  it('says how much longer the run takes for it', async () => {
    const importId = await standing()
    await world.rows(`update clocks set paused_at = paused_at - interval '1 s' where import_id = $1`, [
      importId,
    ])
    await letClockGoOn(open.db, importId)
    const clock = await findClock(open.db, importId)
    expect(clock?.paused).toBe(false)
    expect(clock?.slowdown).toBeGreaterThan(1.5)
    expect(clock?.slowdown).toBeLessThan(2.2)
  })

  it('does not count the pause of a member', async () => {
    const importId = await standing()
    await new Promise((resolve) => setTimeout(resolve, 50))
    await resumeClock(open.db, importId)
    expect(await findClock(open.db, importId)).toMatchObject({ paused: false, slowdown: 1 })
  })

  it('stays where it is when a member pauses the run at the same moment', async () => {
    const importId = await standing()
    let goingOn: Promise<void> | undefined
    await inTransaction(world.pool, async (tx) => {
      await tx.query(`update imports set status = 'paused' where id = $1`, [importId])
      goingOn = letClockGoOn(open.db, importId)
      await new Promise((resolve) => setTimeout(resolve, 300))
    })
    await goingOn
    expect((await findClock(open.db, importId))?.paused).toBe(true)
  })
})

describe('another speed while the clock runs', () => {
  it('keeps the date it shows, and moves what is due to where it comes to now', async () => {
    const { clockId, ids } = await waiting([9])
    const [{ import_id: importId = '' } = {}] = await world.rows<{ import_id: string }>(
      'select import_id from clocks where id = $1',
      [clockId],
    )
    const dueIn = async () =>
      (await world.enrollments()).find(({ id }) => id === ids[0])?.dueInMs ?? Number.NaN
    const shown = async () => (await findClock(open.db, importId))?.virtualNow ?? 0
    await world.rows(
      `update clocks set scale = 86400 / 10.0, stood_ms = 9000, real_start = now() - interval '500 s',
         virtual_start = virtual_start - interval '50 days' where id = $1`,
      [clockId],
    )
    await changePace(open.db, importId, 20)
    const before = await shown()
    expect(before).toBeGreaterThanOrEqual(start + 10 * day)
    expect(before).toBeLessThan(start + 11 * day)
    expect(await dueIn()).toBeGreaterThan(33_000)
    expect(await dueIn()).toBeLessThan(40_500)
    await changePace(open.db, importId, 0.2)
    const after = await shown()
    expect(after - before).toBeGreaterThanOrEqual(0)
    expect(after - before).toBeLessThan(30 * day)
    expect(await dueIn()).toBeLessThan(405)
    expect((await findClock(open.db, importId))?.slowdown).toBe(1)
  })
})
