import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Engine, type EngineOptions, startEngine } from '@tropa/worker/engine'
import { hostMailbox } from '@tropa/worker/mailbox'
import { freshNamespace, until, World } from '@tropa/worker/testing'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { anyFreePort } from '../../scripts/machine/ports.ts'
import { preparePostgres, runPostgres } from '../../scripts/programs/postgres.ts'
import { prepareTemporal, runTemporal } from '../../scripts/programs/temporal.ts'
import { findTemporalCli } from '../../scripts/programs/temporal-cli.ts'
import { cacheFolder } from '../../scripts/stack/services.ts'
import { createDatabase, useTemporal } from '../setup/use-services.ts'
import { expectWhole, orders, progress, secret, twoMails } from './rig.ts'

const customers = 30
const silent = pino({ level: 'silent' })
let home: string
let logged: string[]
let ending: (() => Promise<unknown>)[]

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'tropa-away-'))
  chmodSync(home, 0o711)
  logged = []
  ending = []
})

afterEach(async () => {
  for (const end of ending.reverse()) await end()
  rmSync(home, { recursive: true, force: true })
})

async function engineFor(
  given: Pick<EngineOptions, 'databaseUrl' | 'temporal' | 'mailboxPort'>,
): Promise<Engine> {
  const engine = await startEngine({
    ...given,
    secret,
    baseUrl: 'http://tropa.example',
    sendTimeoutMs: 5_000,
    sendVerdictMs: 0,
    sendLeaseMs: 10_000,
    sweepEveryMs: 1_000,
    unstartedMs: 2_000,
    overdueMs: 3_000,
    log: pino({ level: 'info' }, { write: (line: string) => void logged.push(line) }),
  })
  ending.push(() => engine.stop())
  await engine.becomeReady(60_000)
  return engine
}

async function worldOn(url: string): Promise<World> {
  const world = await World.build(url)
  ending.push(() => world.close())
  return world
}

async function allEnded(world: World, within: number): Promise<void> {
  await until(async () => (await progress(world)).ended === customers, within).catch(async () => {
    const standing = await world.rows(
      `select e.waiting_for, m.status, m.reason, count(*)::int as n from enrollments e
         left join messages m on m.enrollment_id = e.id and m.finished_at is null where e.status = 'active' group by 1, 2, 3`,
    )
    expect(standing).toEqual([])
  })
}

it('keeps messages while the mail server is away, shows it at the connection, and sends each once', async () => {
  const database = await createDatabase()
  ending.push(() => database.drop())
  const world = await worldOn(database.url)
  const port = await anyFreePort()
  const open = () => hostMailbox({ databaseUrl: database.url, secret, mailboxPort: port }, silent)
  let mailbox = await open()
  ending.push(() => mailbox.close())
  const temporal = await freshNamespace(await useTemporal())
  await engineFor({ databaseUrl: database.url, temporal, mailboxPort: port })
  await world.publish(twoMails(world.templateId))
  const broken = () => world.rows('select 1 from connections where broken_since is not null')

  await orders(world, customers / 3)
  await mailbox.close()
  await orders(world, customers / 3)
  await until(async () => (await broken()).length === 1, 30_000)
  await orders(world, customers / 3)
  await new Promise((resolve) => setTimeout(resolve, 4_000))
  expect((await progress(world)).ended).toBeLessThan(customers)
  mailbox = await open()
  await allEnded(world, 120_000)

  expect(await expectWhole(world, customers)).toBe(0)
  expect(await broken()).toEqual([])
}, 240_000)

it('is not ready while Postgres is away, and goes on where everybody stood when it is back', async () => {
  const server = await preparePostgres({ home, port: await anyFreePort() })
  let postgres = await runPostgres(server)
  ending.push(() => postgres.stop())
  const world = await worldOn(server.url)
  const mailbox = await hostMailbox({ databaseUrl: server.url, secret }, silent)
  ending.push(() => mailbox.close())
  const temporal = await freshNamespace(await useTemporal())
  const engine = await engineFor({ databaseUrl: server.url, temporal, mailboxPort: mailbox.port })
  await world.publish(twoMails(world.templateId))

  await orders(world, customers)
  await postgres.stop()
  await until(async () => !engine.ready(), 20_000)
  postgres = await runPostgres(server)
  await until(async () => engine.ready(), 30_000)
  await allEnded(world, 90_000)

  expect(await expectWhole(world, customers)).toBeLessThan(customers / 4)
  expect(logged.filter((line) => line.includes('trying again until it works')).length).toBeLessThan(40)
}, 240_000)

it('is not ready while Temporal stands still, and goes on where everybody stood when it moves again', async () => {
  const cli = await findTemporalCli(cacheFolder(home), () => undefined)
  const server = prepareTemporal({ cli, home, port: await anyFreePort() })
  const temporal = await runTemporal(server)
  ending.push(() => temporal.stop())
  const database = await createDatabase()
  ending.push(() => database.drop())
  const world = await worldOn(database.url)
  const mailbox = await hostMailbox({ databaseUrl: database.url, secret }, silent)
  ending.push(() => mailbox.close())
  const engine = await engineFor({
    databaseUrl: database.url,
    temporal: { address: server.address, namespace: 'default' },
    mailboxPort: mailbox.port,
  })
  await world.publish(twoMails(world.templateId))

  await orders(world, customers / 2)
  process.kill(temporal.pid, 'SIGSTOP')
  await orders(world, customers / 2)
  await until(async () => !engine.ready(), 20_000)
  process.kill(temporal.pid, 'SIGCONT')
  await until(async () => engine.ready(), 60_000)
  await allEnded(world, 90_000)

  expect(await expectWhole(world, customers)).toBe(0)
}, 240_000)
