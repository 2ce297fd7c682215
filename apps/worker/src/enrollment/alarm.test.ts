import { partitionOf, partitions } from '@tropa/db/partition'
import { pino } from 'pino'
import { afterEach, describe, expect, it } from 'vitest'
import type { Launch } from '../launcher.ts'
import { Outages } from '../outages.ts'
import { eachTestWith } from '../testing/each-test.ts'
import { orderGraph, RoutingWorld, until, type World } from '../testing/index.ts'
import { Alarm, type AlarmOptions } from './alarm.ts'

let rig: RoutingWorld
let world: World
let rung: (Launch & { at: number })[]
let busy: Set<string>
let alarm: Alarm

eachTestWith(RoutingWorld.fresh, (fresh) => {
  rig = fresh
  world = fresh.world
  rung = []
  busy = new Set()
  alarm = alarmWith({})
})
afterEach(() => alarm.stop())

function alarmWith(options: Partial<AlarmOptions>): Alarm {
  return new Alarm({
    pool: world.pool,
    outages: new Outages(pino({ level: 'silent' })),
    partitions: () => partitions,
    clocks: false,
    launcher: {
      launch: (launches) => void rung.push(...launches.map((one) => ({ ...one, at: Date.now() }))),
      has: (id) => busy.has(id),
      pending: 0,
    },
    ...options,
  })
}

/** Somebody who waits for an order, at most for a day, and is due in so many milliseconds. */
async function sleeper(dueInMs: number): Promise<{ id: string; customer: string }> {
  await world.rows('truncate live_entries')
  await world.publish(orderGraph(world.templateId, '1d'))
  const customer = await world.addCustomer()
  await world.emit(customer, { name: 'order', properties: { total: 1 } })
  await rig.route()
  const [row] = await world.rows<{ id: string }>(
    `update enrollments set started_at = now(), due_at = clock_timestamp() + make_interval(secs => $2 / 1000.0)
     where customer_id = $1 returning id`,
    [customer, dueInMs],
  )
  return { id: row?.id ?? '', customer }
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 100))

describe('an alarm', () => {
  it('rings at the time, never before, and once', async () => {
    const earliest = Date.now() + 300
    const { id } = await sleeper(300)
    await alarm.look()
    await alarm.look()
    await until(async () => rung.length > 0)
    await settle()
    expect(rung).toMatchObject([
      { do: 'move', started: true, enrollmentId: id, workspaceId: world.workspaceId },
    ])
    expect(rung[0]?.at).toBeGreaterThanOrEqual(earliest)
  })

  it('rings at once for those whose time has passed', async () => {
    const { id } = await sleeper(-60_000)
    await alarm.look()
    await until(async () => rung.length > 0)
    expect(rung).toMatchObject([{ enrollmentId: id }])
  })

  it('lets those sleep whose time is far, who have left, or whom a message holds up', async () => {
    await sleeper(60_000)
    const left = await sleeper(0)
    await world.rows(`update enrollments set status = 'removed' where id = $1`, [left.id])
    const held = await sleeper(0)
    await world.rows(`update enrollments set waiting_for = 'message' where id = $1`, [held.id])
    await alarm.look()
    alarm.set({ id: 'far', workspaceId: 'w', started: true, forMs: 60_000 })
    await settle()
    expect(rung).toEqual([])
  })

  it('leaves alone whom the launcher is at, and the customers of other processes', async () => {
    const { id, customer } = await sleeper(0)
    busy.add(id)
    await alarm.look()
    busy.clear()
    const others = partitions.filter((n) => n !== partitionOf(customer))
    const other = alarmWith({ partitions: () => others })
    await other.look()
    await settle()
    await other.stop()
    expect(rung).toEqual([])
    const mine = alarmWith({ partitions: () => [partitionOf(customer)] })
    await mine.look()
    await until(async () => rung.length > 0)
    await mine.stop()
  })

  it('leaves test enrollments to their run while its clock lives', async () => {
    const { id } = await sleeper(0)
    const clockId = await world.addClock({ virtualStart: Date.now(), fedUntil: Date.now(), scale: 10 })
    await world.rows('update enrollments set clock_id = $1', [clockId])
    await alarm.look()
    await settle()
    expect(rung).toEqual([])
    await world.rows('update clocks set ended_at = now() where id = $1', [clockId])
    await alarm.look()
    await until(async () => rung.length > 0)
    expect(rung).toMatchObject([{ enrollmentId: id }])
  })

  it('rings for nobody after it was stopped', async () => {
    await sleeper(150)
    await alarm.look()
    await alarm.stop()
    await settle()
    await settle()
    expect(rung).toEqual([])
  })
})
