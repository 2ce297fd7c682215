import { randomUUID } from 'node:crypto'
import { createImport } from '@tropa/db/imports'
import { until } from '@tropa/worker/testing'
import type { PoolClient } from 'pg'
import { expect, test } from 'vitest'
import { withApp } from '../testing/with-app.ts'
import { type AppUnderTest, workspace } from '../testing.ts'

let api: AppUnderTest
let shop: Awaited<ReturnType<typeof workspace>>

withApp(async (opened) => {
  api = opened
  shop = await workspace(api)
})

/** An import under way whose clock runs, fed by nobody but the test. */
async function runByHand(): Promise<string> {
  const { id } = await createImport(api.deps.db, {
    workspaceId: shop.id,
    fileId: randomUUID(),
    fileName: 'log.txt',
    fileSize: 100,
    format: { separator: 'whitespace', header: false, encoding: 'utf-8', columns: [] },
    mode: 'compressed',
    secondsPerDay: 1,
    status: 'running',
  })
  await api.deps.pool.query(
    `insert into clocks (workspace_id, import_id, real_start, virtual_start, scale, fed_until)
     values ($1, $2, now(), now(), 86400, now())`,
    [shop.id, id],
  )
  return id
}

/** Whether somebody waits for what this transaction has locked. */
async function isWaitedFor(holder: PoolClient): Promise<boolean> {
  const { rows } = await holder.query('select pg_backend_pid() as pid')
  const waiting = await api.deps.pool.query(
    'select 1 from pg_stat_activity where $1 = any(pg_blocking_pids(pid))',
    [rows[0].pid],
  )
  return (waiting.rowCount ?? 0) > 0
}

test('a pause that meets the feeder halfway is done after its slice, which stays', async () => {
  const id = await runByHand()
  const feeder = await api.deps.pool.connect()
  try {
    await feeder.query('begin')
    await feeder.query('select 1 from imports where id = $1 for no key update', [id])
    await feeder.query('select 1 from clocks where import_id = $1 for update', [id])
    const pausing = shop.members.owner.call('POST', shop.at(`/imports/${id}/pause`))
    await until(() => isWaitedFor(feeder))
    await feeder.query('update imports set events_fed = events_fed + 1 where id = $1', [id])
    await feeder.query('commit')
    expect((await pausing).status).toBe(200)
    expect((await pausing).body).toMatchObject({ status: 'paused', eventsFed: 1 })
  } finally {
    feeder.release()
  }
})

test('a change of speed that Postgres ends to break a deadlock with the router is done all the same', async () => {
  const id = await runByHand()
  const { rows } = await api.deps.pool.query<{ id: string }>(
    `insert into enrollments (id, workspace_id, journey_id, version_id, customer_id, entry_key, entry_node,
       entry_event_id, state, waiting_for, due_at, clock_id, salt, head_hash, started_at, entered_at)
     select gen_random_uuid(), k.workspace_id, gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), '', 'start', 1,
       '{"pending": {"command": {"until": 4102444800000}}}', 'timer', now() + interval '1 year', k.id, '', '', now(), now()
     from clocks k cross join generate_series(1, 5) where k.import_id = $1 returning id`,
    [id],
  )
  const all = rows.map((row) => row.id)
  const lock = 'select id from enrollments where id = any($1::uuid[]) for no key update'
  /** Changes the speed while a router holds one of them and then wants those the change has; answers how many. */
  const changeAgainst = async (held: string, secondsPerDay: number): Promise<number> => {
    const router = await api.deps.pool.connect()
    try {
      await router.query('begin')
      await router.query(`set local deadlock_timeout = '60s'`)
      await router.query(lock, [[held]])
      const changing = shop.members.owner.call('POST', shop.at(`/imports/${id}/pace`), { secondsPerDay })
      await until(() => isWaitedFor(router))
      const free = await router.query<{ id: string }>(`${lock} skip locked`, [all])
      const taken = all.filter((one) => free.rows.every((row) => row.id !== one))
      await router.query(lock, [taken])
      await router.query('commit')
      expect([(await changing).status, (await changing).body.secondsPerDay]).toEqual([200, secondsPerDay])
      return taken.length
    } finally {
      router.release()
    }
  }
  try {
    // The change may visit the held one first, with none taken: then another one is held.
    let taken = 0
    for (const [nth, held] of all.entries()) taken ||= await changeAgainst(held, 2 + nth)
    expect(taken).toBeGreaterThan(0)
  } finally {
    await api.deps.pool.query('delete from enrollments where id = any($1::uuid[])', [all])
  }
})
