import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEngine } from '@tropa/worker/engine'
import { hostMailbox } from '@tropa/worker/mailbox'
import { until, World } from '@tropa/worker/testing'
import { pino } from 'pino'
import { expect, it, onTestFinished } from 'vitest'
import { anyFreePort } from '../../scripts/machine/ports.ts'
import { prepareTemporal, runTemporal } from '../../scripts/programs/temporal.ts'
import { findTemporalCli } from '../../scripts/programs/temporal-cli.ts'
import { cacheFolder } from '../../scripts/stack/services.ts'
import { createDatabase } from '../setup/use-services.ts'
import { expectWhole, orders, progress, secret, twoMails } from './rig.ts'

const customers = 60

it('goes on by itself after Temporal was killed and after every database connection was cut', async () => {
  const home = mkdtempSync(join(tmpdir(), 'tropa-outage-'))
  onTestFinished(() => rmSync(home, { recursive: true, force: true }))
  const cli = await findTemporalCli(cacheFolder(home), () => undefined)
  const server = prepareTemporal({ cli, home, port: await anyFreePort() })
  let temporal = await runTemporal(server)
  onTestFinished(() => temporal.stop())
  const database = await createDatabase()
  onTestFinished(() => database.drop())
  const world = await World.build(database.url)
  onTestFinished(() => world.close())
  const mailbox = await hostMailbox({ databaseUrl: database.url, secret }, pino({ level: 'silent' }))
  onTestFinished(() => mailbox.close())
  const logged: string[] = []
  const engine = await startEngine({
    databaseUrl: database.url,
    temporal: { address: server.address, namespace: 'default' },
    secret,
    baseUrl: 'http://tropa.example',
    mailboxPort: mailbox.port,
    sweepEveryMs: 1_000,
    sendTimeoutMs: 8_000,
    sendVerdictMs: 0,
    sendLeaseMs: 10_000,
    unstartedMs: 2_000,
    overdueMs: 3_000,
    log: pino({ level: 'info' }, { write: (line: string) => void logged.push(line) }),
  })
  onTestFinished(() => engine.stop())
  await engine.becomeReady(60_000)
  await world.publish(twoMails(world.templateId))

  await orders(world, customers / 3)
  process.kill(temporal.pid, 'SIGKILL')
  await orders(world, customers / 3)
  await until(async () => (await progress(world)).all === (customers / 3) * 2, 30_000)
  await new Promise((resolve) => setTimeout(resolve, 8_000))
  temporal = await runTemporal(server)
  await until(async () => (await progress(world)).ended === (customers / 3) * 2, 90_000)

  await orders(world, customers / 3)
  for (let cut = 0; cut < 4; cut += 1) {
    await world
      .rows(`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()`)
      .catch(() => undefined)
    await new Promise((resolve) => setTimeout(resolve, 700))
  }
  await until(async () => (await progress(world)).ended === customers, 90_000)

  expect(await expectWhole(world, customers)).toBeLessThan(customers / 4)
  expect(logged.filter((line) => line.includes('trying again until it works')).length).toBeLessThan(40)
  expect(logged.join('')).not.toContain('example.test')
}, 240_000)
