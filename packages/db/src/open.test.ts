import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { createDatabase } from '../../../tests/setup/use-services.ts'
import { openDatabase } from './open.ts'

test('a connection cut off between two statements of a transaction fails it and nothing else', async () => {
  const database = await createDatabase()
  const [ours, other] = [openDatabase(database.url), openDatabase(database.url)]
  const cut = ours.db.transaction(async (tx) => {
    const found = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`)
    await other.db.execute(sql`select pg_terminate_backend(${found.rows[0]?.pid ?? 0}::int)`)
    await new Promise((resolve) => setTimeout(resolve, 300))
    await tx.execute(sql`select 1`)
  })
  await expect(cut).rejects.toThrow()
  expect((await ours.db.execute(sql`select 1 as one`)).rows).toEqual([{ one: 1 }])
  await Promise.all([ours.close(), other.close()])
  await database.drop()
})

test('a steady connection plans statements once, and asks for that in a way every pooler takes', async () => {
  const database = await createDatabase()
  const { db, close } = openDatabase(database.url, { max: 1, steady: true })
  const { rows } = await db.execute(
    sql`select name, setting, source from pg_settings where name in ('jit', 'plan_cache_mode') order by 1`,
  )
  expect(rows).toEqual([
    { name: 'jit', setting: 'off', source: 'session' },
    { name: 'plan_cache_mode', setting: 'force_generic_plan', source: 'session' },
  ])
  await close()
  await database.drop()
})
