import { randomBytes } from 'node:crypto'
import { Client, Connection } from '@temporalio/client'
import type { MailboxServer } from '@tropa/connectors/mailbox'
import { type OpenDatabase, openDatabase } from '@tropa/db'
import { countBrought } from '@tropa/db/brought'
import { foldCounts } from '@tropa/db/counts'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDatabase, type TestDatabase, useTemporal } from '../../../../tests/setup/use-services.ts'
import { importOptions, importWorkflow } from '../contract.ts'
import { type Engine, startEngine } from '../engine.ts'
import { hostMailbox } from '../mailbox.ts'
import { ImportBench } from '../testing/import-bench.ts'
import { freshNamespace, orderGraph, sketchGraph, until, World } from '../testing/index.ts'
import type { ImportTarget } from './import-deps.ts'

const secret = randomBytes(32).toString('base64url')
const log = pino({ level: 'silent' })
/** Anna orders again after 20 days, Boris after 40, Vera never; columns: customer, number, day, quantity, total. */
const orders = [
  '1 1 19970101 1 77',
  '1 2 19970121 1 5',
  '2 1 19970105 1 60',
  '2 2 19970214 1 9',
  '3 1 19970110 1 7',
]
let database: TestDatabase
let open: OpenDatabase
let world: World
let bench: ImportBench
let mailbox: MailboxServer
let engine: Engine
let connection: Connection
let client: Client

beforeAll(async () => {
  database = await createDatabase()
  const temporal = await freshNamespace(await useTemporal())
  world = await World.build(database.url)
  open = openDatabase(database.url, { max: 3 })
  bench = new ImportBench(open)
  mailbox = await hostMailbox({ databaseUrl: database.url, secret }, log)
  const baseUrl = 'http://tropa.example'
  engine = await startEngine({
    ...{ databaseUrl: database.url, temporal, secret, baseUrl, mailboxPort: mailbox.port, imports: true },
    log: pino({ level: process.env.LOG_LEVEL ?? 'error' }),
  })
  await engine.becomeReady(60_000)
  connection = await Connection.connect({ address: temporal.address })
  client = new Client({ connection, namespace: temporal.namespace })
})
afterAll(async () => {
  await engine.stop()
  await connection.close()
  await mailbox.close()
  await open.close()
  await world.close()
  await database.drop()
})

const tell = ({ workspaceId, importId }: ImportTarget, task: 'run' | 'undo') =>
  client.workflow.signalWithStart(importWorkflow, importOptions({ workspaceId, importId, task }))

const become = (target: ImportTarget, status: string) =>
  until(async () => (await bench.seen(target))?.status === status, 40_000)

async function counts(): Promise<Record<string, number>> {
  await foldCounts(world.pool, 10_000)
  const rows = await world.rows<{ name: string; n: number }>(
    `select node || ':' || output as name, n::int as n from node_counts where n <> 0 order by 1`,
  )
  return Object.fromEntries(rows.map(({ name, n }) => [name, n]))
}

test('a compressed run takes everybody the way their own orders lead, and its undo leaves no trace', async () => {
  await world.publish(orderGraph(world.templateId))
  const target = await bench.start({
    text: orders.join('\n'),
    workspaceId: world.workspaceId,
    mode: 'compressed',
    secondsPerDay: 0.05,
    mapping: { emailAddress: { pattern: '{external_id}@example.test' }, consentEmail: { source: 'list' } },
  })
  await tell(target, 'run')
  await become(target, 'done')
  const ids = (await world.enrollments()).map(({ id }) => id)
  expect((await Promise.all(ids.map((id) => world.path(id)))).map((path) => path.slice(1)).sort()).toEqual([
    ['next_order:happened', 'thanks:sent'],
    ['next_order:timed_out', 'size:else', 'small:sent'],
    ['next_order:timed_out', 'size:yes', 'large:sent'],
  ])
  const waited = await world.rows<{ days: number }>(
    `select extract(epoch from left_at - entered_at)::float8 / 86400 as days from steps where node = 'next_order' order by 1`,
  )
  expect(waited.map(({ days }) => days)).toEqual([20, 30, 30])
  expect(await bench.count('mails', target)).toBe(3)
  expect(await counts()).toMatchObject({ 'start:next': 3, 'next_order:timed_out': 2, 'large:': 1 })
  for (const id of ids)
    await until(async () => {
      const found = await client.workflow
        .getHandle(id)
        .describe()
        .catch(() => null)
      return found === null || found.status.name !== 'RUNNING'
    })

  expect(await countBrought(open.db, world.workspaceId, target.importId)).toEqual({
    events: 5,
    customers: 3,
    enrollments: 3,
    letters: 3,
  })
  await world.rows(`update imports set status = 'undoing' where id = $1`, [target.importId])
  await tell(target, 'undo')
  await become(target, 'undone')
  const left = [
    'enrollments',
    'steps',
    'waits',
    'messages',
    'attempts',
    'mails',
    'events',
    'customers',
    'rejections',
  ]
  expect(await Promise.all(left.map((table) => bench.count(table, target)))).toEqual(left.map(() => 0))
  expect(await world.rows('select 1 from entry_slots')).toEqual([])
  expect(await counts()).toEqual({})
  expect(await bench.seen(target)).toMatchObject({ customersKept: 0 })
}, 90_000)

test('the undo of a run that a member has stopped takes back those who were still inside', async () => {
  const target = await bench.start({
    text: orders.join('\n'),
    workspaceId: world.workspaceId,
    mode: 'compressed',
    secondsPerDay: 1,
  })
  await tell(target, 'run')
  await until(async () => (await world.enrollments()).some(({ place }) => place === 'next_order'))
  const change = `update imports set status = 'undoing' where id = $1`
  await world.rows('update clocks set ended_at = now() where import_id = $1', [target.importId])
  await world.rows(change, [target.importId])
  await tell(target, 'undo')
  await become(target, 'undone')
  expect(await world.enrollments()).toEqual([])
  expect(await counts()).toEqual({})
}, 60_000)

test('the undo of a run gives back attributes that its test enrollments have set for customers of before', async () => {
  await world.publish(
    sketchGraph({
      start: { kind: 'event_entry', config: { event: 'visit' }, next: { next: 'mark' } },
      mark: {
        kind: 'update_customer',
        config: {
          changes: [
            { attribute: 'tier', value: 'gold' },
            { attribute: 'old', value: null },
          ],
        },
      },
    }),
  )
  const known = await world.addCustomer({
    email: 'known@example.test',
    attributes: { tier: 'tin', old: 'yes' },
  })
  const target = await bench.start({
    text: 'known@example.test 1 19970101 1 1\nnew@example.test 1 19970102 1 1',
    workspaceId: world.workspaceId,
    mode: 'compressed',
    secondsPerDay: 0.2,
    mapping: { event: { name: 'visit' }, customer: { column: 0, identifier: 'email' } },
  })
  await tell(target, 'run')
  await become(target, 'done')
  const attributes = () =>
    world.rows<{ attributes: unknown }>('select attributes from customers where id = $1', [known])
  expect(await attributes()).toEqual([{ attributes: { tier: 'gold' } }])
  await world.rows(`update imports set status = 'undoing' where id = $1`, [target.importId])
  await tell(target, 'undo')
  await become(target, 'undone')
  expect(await attributes()).toEqual([{ attributes: { tier: 'tin', old: 'yes' } }])
  expect((await bench.seen(target))?.undone).toMatchObject({ events: 2, customers: 1, restored: 2 })
}, 60_000)
