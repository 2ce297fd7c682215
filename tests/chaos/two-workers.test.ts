import { freshNamespace, until, World } from '@tropa/worker/testing'
import { it } from 'vitest'
import { createDatabase, useTemporal } from '../setup/use-services.ts'
import { expectWhole, orders, progress, secret, spawnEngine, startSlowMailbox, twoMails } from './rig.ts'

const customers = 60

it('two workers share the customers, and one takes over when the other is killed', async () => {
  const database = await createDatabase()
  const world = await World.build(database.url)
  const mailbox = await startSlowMailbox(world, 20)
  const options = {
    databaseUrl: database.url,
    temporal: await freshNamespace(await useTemporal()),
    secret,
    baseUrl: 'http://tropa.example',
    mailboxPort: mailbox.port,
    sendTimeoutMs: 2_000,
    sendLeaseMs: 3_000,
    sweepEveryMs: 1_000,
    unstartedMs: 2_000,
    overdueMs: 3_000,
  }
  await world.publish(twoMails(world.templateId))
  const engines = await Promise.all([spawnEngine(options), spawnEngine(options)])
  const shared = async () => JSON.stringify(await holders(world)) === '[{"n":32},{"n":32}]'
  await until(shared, 30_000)
  await orders(world, customers)
  await until(async () => (await progress(world)).ended > customers / 4, 60_000)
  await engines[0].kill('SIGKILL')
  await orders(world, customers)
  await until(async () => JSON.stringify(await holders(world)) === '[{"n":64}]', 30_000)
  await until(async () => (await progress(world)).ended === 2 * customers, 120_000)
  await expectWhole(world, 2 * customers)
  await engines[1].kill('SIGTERM')
  await mailbox.close()
  await world.close()
  await database.drop()
}, 240_000)

/** How many of the 64 parts of the customers each living worker holds: as locks of its connection. */
function holders(world: World): Promise<{ n: number }[]> {
  return world.rows<{ n: number }>(
    `select count(*)::int as n from pg_locks where locktype = 'advisory' and classid = 7263555 and granted
       and database = (select oid from pg_database where datname = current_database()) group by pid order by 1`,
  )
}
