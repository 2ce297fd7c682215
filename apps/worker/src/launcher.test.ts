import { randomUUID } from 'node:crypto'
import { Client, Connection } from '@temporalio/client'
import { inTransaction } from '@tropa/db/statement'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDatabase, type TestDatabase, useTemporal } from '../../../tests/setup/use-services.ts'
import { journeysQueue, journeyWorkflow } from './contract.ts'
import type { Next } from './enrollment/next.ts'
import { Launcher, type LauncherOptions, type Sleeper } from './launcher.ts'
import { Outages } from './outages.ts'
import { freshNamespace, orderGraph, RoutingWorld, until, World } from './testing/index.ts'

let database: TestDatabase
let world: World
let connection: Connection
let client: Client

beforeAll(async () => {
  database = await createDatabase()
  world = await World.build(database.url)
  const { address, namespace } = await freshNamespace(await useTemporal())
  connection = await Connection.connect({ address })
  client = new Client({ connection, namespace })
})
afterAll(async () => {
  await connection.close()
  await world.close()
  await database.drop()
})

const outages = new Outages(pino({ level: 'silent' }))
const graceMs = 30_000
const ids = () => ({ workspaceId: 'w', enrollmentId: randomUUID() })

function launcherWith(options: Partial<LauncherOptions>): Launcher {
  const usual = { pool: world.pool, client: () => client, outages, startDelay: true, concurrency: 4 }
  return new Launcher({ ...usual, ...options })
}

/** A launcher whose drive answers `next`, and what was asked of it. */
function driving(next: Next | Error) {
  const driven: { enrollmentId: string; messageId?: string | undefined }[] = []
  const set: Sleeper[] = []
  const launcher = launcherWith({
    drive: async (enrollmentId, messageId) => {
      driven.push({ enrollmentId, messageId })
      if (next instanceof Error) throw next
      return next
    },
    alarm: { graceMs, set: (sleeper) => set.push(sleeper) },
  })
  return { launcher, driven, set }
}

interface Seen {
  status: string
  delayMs: number
  signals: number
}

/** The workflow of an enrollment, or `null`. */
async function seen(enrollmentId: string): Promise<Seen | null> {
  const handle = client.workflow.getHandle(enrollmentId)
  const description = await handle.describe().catch(() => null)
  if (!description) return null
  const { events = [] } = await handle.fetchHistory()
  const backoff = events?.[0]?.workflowExecutionStartedEventAttributes?.firstWorkflowTaskBackoff
  return {
    status: description.status.name,
    delayMs: Number(backoff?.seconds ?? 0) * 1_000,
    signals: (events ?? []).filter((event) => event.workflowExecutionSignaledEventAttributes).length,
  }
}

const sleeping = (enrollmentId: string, startDelay = 3_600_000) =>
  client.workflow.start(journeyWorkflow, {
    workflowId: enrollmentId,
    taskQueue: journeysQueue,
    args: [{ workspaceId: 'w', enrollmentId }],
    startDelay,
  })

describe('a new enrollment', () => {
  it('is moved here first, beginning with its message, and needs no workflow when that was all', async () => {
    const { launcher, driven } = driving({ do: 'end' })
    const one = ids()
    launcher.launch([{ ...one, do: 'start', forMs: 0, messageId: 'm1' }])
    expect(launcher.has(one.enrollmentId)).toBe(true)
    await launcher.drained()
    expect(driven).toEqual([{ enrollmentId: one.enrollmentId, messageId: 'm1' }])
    expect(await seen(one.enrollmentId)).toBeNull()
    expect(launcher.has(one.enrollmentId)).toBe(false)
  })

  it('that sleeps gets an alarm and a workflow that stands by a little longer', async () => {
    const { launcher, driven, set } = driving({ do: 'end' })
    const one = ids()
    launcher.launch([{ ...one, do: 'start', forMs: 3_600_000 }])
    await launcher.drained()
    expect(driven).toEqual([])
    expect(set).toEqual([{ id: one.enrollmentId, workspaceId: 'w', started: true, forMs: 3_600_000 }])
    expect(await seen(one.enrollmentId)).toEqual({
      status: 'RUNNING',
      delayMs: 3_600_000 + graceMs,
      signals: 0,
    })
  })

  it.each([
    ['could not be moved here', new Error('no database')],
    ['has a message that cannot go out at once', { do: 'send', messageId: 'm' } as const],
  ])('gets a workflow at once when it %s', async (_, next) => {
    const { launcher } = driving(next)
    const one = ids()
    launcher.launch([{ ...one, do: 'start', forMs: 0 }])
    await launcher.drained()
    expect(await seen(one.enrollmentId)).toEqual({ status: 'RUNNING', delayMs: 0, signals: 0 })
  })

  it('that has a workflow already wakes it instead of starting another', async () => {
    const { launcher } = driving({ do: 'send', messageId: 'm' })
    const one = ids()
    await sleeping(one.enrollmentId)
    launcher.launch([{ ...one, do: 'start', forMs: 0 }])
    await launcher.drained()
    expect(await seen(one.enrollmentId)).toMatchObject({ status: 'RUNNING', signals: 1 })
  })

  it('without a drive is left to a workflow that sleeps as long as it does', async () => {
    const launcher = launcherWith({})
    const [now, later] = [ids(), ids()]
    launcher.launch([
      { ...now, do: 'start', forMs: 0 },
      { ...later, do: 'start', forMs: 60_000 },
    ])
    await launcher.drained()
    expect(await seen(now.enrollmentId)).toMatchObject({ delayMs: 0 })
    expect(await seen(later.enrollmentId)).toMatchObject({ delayMs: 60_000 })
  })
})

describe('a move', () => {
  it('that ends the enrollment ends its workflow', async () => {
    const { launcher } = driving({ do: 'end' })
    const one = ids()
    await sleeping(one.enrollmentId)
    launcher.launch([{ ...one, do: 'move', started: true }])
    await launcher.drained()
    expect(await seen(one.enrollmentId)).toMatchObject({ status: 'TERMINATED' })
  })

  it('after which it sleeps again sets the alarm and lets the workflow sleep', async () => {
    const { launcher, set } = driving({ do: 'sleep', forMs: 500 })
    const one = ids()
    await sleeping(one.enrollmentId)
    launcher.launch([{ ...one, do: 'move', started: true }])
    await launcher.drained()
    expect(set).toEqual([{ id: one.enrollmentId, workspaceId: 'w', started: true, forMs: 500 }])
    expect(await seen(one.enrollmentId)).toMatchObject({ status: 'RUNNING', signals: 0 })
  })

  it.each([
    ['fails', new Error('no database')],
    ['leaves a message', { do: 'send', messageId: 'm' } as const],
  ])('that %s wakes the workflow to go on', async (_, next) => {
    const { launcher } = driving(next)
    const one = ids()
    await sleeping(one.enrollmentId)
    launcher.launch([{ ...one, do: 'move', started: true, next: { do: 'send', messageId: 'm' } }])
    await launcher.drained()
    expect(await seen(one.enrollmentId)).toMatchObject({ status: 'RUNNING', signals: 1 })
  })

  it('without a drive wakes the workflow', async () => {
    const launcher = launcherWith({})
    const one = ids()
    await sleeping(one.enrollmentId)
    launcher.launch([{ ...one, do: 'move', started: true }])
    await launcher.drained()
    expect(await seen(one.enrollmentId)).toMatchObject({ signals: 1 })
  })
})

describe('launches', () => {
  it('are performed a bounded number at a time', async () => {
    let [now, most] = [0, 0]
    const launcher = launcherWith({
      concurrency: 3,
      drive: async () => {
        now += 1
        most = Math.max(most, now)
        await new Promise((resolve) => setTimeout(resolve, 20))
        now -= 1
        return { do: 'end' }
      },
    })
    launcher.launch(Array.from({ length: 10 }, () => ({ ...ids(), do: 'start' as const, forMs: 0 })))
    expect(launcher.pending).toBe(10)
    await launcher.drained()
    expect(most).toBe(3)
  })

  it('are dropped, and forgotten, while Temporal is not reached', async () => {
    const launcher = launcherWith({ client: () => null, drive: async () => ({ do: 'end' }) })
    const one = ids()
    launcher.launch([{ ...one, do: 'start', forMs: 0 }])
    await launcher.drained()
    expect(launcher.failing).toBe(true)
    expect(launcher.has(one.enrollmentId)).toBe(false)
  })
})

it('marks workflows as started without waiting for enrollments that move at this moment, and those afterwards', async () => {
  const routing = await RoutingWorld.fresh(database.url)
  await routing.world.publish(orderGraph(routing.world.templateId))
  for (let made = 0; made < 2; made += 1)
    await routing.world.emit(await routing.world.addCustomer(), { name: 'order' })
  const launches = await routing.route()
  const [held, free] = launches.map(({ enrollmentId }) => enrollmentId)
  const isStarted = async (id = '') =>
    (await routing.world.enrollments()).find((one) => one.id === id)?.started
  const launcher = launcherWith({})
  await inTransaction(routing.world.pool, async (tx) => {
    await tx.query('select id from enrollments where id = $1 for update', [held])
    launcher.launch(launches)
    await until(() => isStarted(free))
    expect(await isStarted(held)).toBe(false)
  })
  await launcher.drained()
  expect(await isStarted(held)).toBe(true)
  await routing.close()
})
