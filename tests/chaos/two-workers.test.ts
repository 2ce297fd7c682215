import { until, type World } from '@tropa/worker/testing'
import { it } from 'vitest'
import { chaosRig, expectWhole, orders, progress, spawnEngine, twoMails } from './rig.ts'

const customers = 60

it('two workers share the customers, and one takes over when the other is killed', async () => {
  const { world, options } = await chaosRig(20)
  await world.publish(twoMails(world.templateId))
  const engines = await Promise.all([spawnEngine(options), spawnEngine(options)])
  const shared = async () => JSON.stringify(await holders(world)) === '[{"n":32},{"n":32}]'
  await until(shared, 60_000)
  await orders(world, customers)
  await until(async () => (await progress(world)).ended > customers / 4, 120_000)
  await engines[0].kill('SIGKILL')
  await orders(world, customers)
  await until(async () => JSON.stringify(await holders(world)) === '[{"n":64}]', 60_000)
  await until(async () => (await progress(world)).ended === 2 * customers, 180_000)
  await expectWhole(world, 2 * customers)
  await engines[1].kill('SIGTERM')
}, 420_000)

/** How many of the 64 parts of the customers each living worker holds: as locks of its connection. */
function holders(world: World): Promise<{ n: number }[]> {
  return world.rows<{ n: number }>(
    `select count(*)::int as n from pg_locks where locktype = 'advisory' and classid = 7263555 and granted
       and database = (select oid from pg_database where datname = current_database()) group by pid order by 1`,
  )
}
