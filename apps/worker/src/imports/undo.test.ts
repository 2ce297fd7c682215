import { migrate, type OpenDatabase, openDatabase } from '@tropa/db'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDatabase, type TestDatabase } from '../../../../tests/setup/use-services.ts'
import { ImportBench, purchases } from './import-bench.ts'
import { takeBack } from './undo.ts'

let database: TestDatabase
let open: OpenDatabase
let bench: ImportBench

beforeAll(async () => {
  database = await createDatabase()
  await migrate(database.url)
  open = openDatabase(database.url)
  bench = new ImportBench(open)
})
afterAll(async () => {
  await open.close()
  await database.drop()
})

test('an undo takes back events, consents and customers of the import and nothing else', async () => {
  const kept = await bench.start({ text: '00000 1 19960101 1 1\n' })
  await bench.run(kept)
  const target = await bench.start({
    text: purchases(50, 3),
    workspaceId: kept.workspaceId,
    mapping: { consentEmail: { source: 'demo list' } },
  })
  await bench.run(target)
  await open.db.execute(sql`update imports set status = 'undoing' where id = ${target.importId}::uuid`)
  await takeBack({ ...open, beat: () => {} }, target)
  expect(await bench.seen(target)).toMatchObject({ status: 'undone', customersKept: 0 })
  expect([
    await bench.count('events', kept),
    await bench.count('customers', kept),
    await bench.count('consents', kept),
  ]).toEqual([1, 1, 0])
  const again = await bench.start({ text: purchases(50, 3), workspaceId: kept.workspaceId })
  await bench.run(again)
  expect(await bench.seen(again)).toMatchObject({ rowsStored: 150, rowsDuplicate: 0 })
})

test('an undo leaves customers whom a journey has taken in, with their events, and counts them', async () => {
  const target = await bench.start({ text: purchases(5, 2) })
  await bench.run(target)
  await open.db.execute(sql`
    insert into enrollments (workspace_id, journey_id, version_id, customer_id, entry_key, entry_node, entry_event_id,
      state, salt, head_hash, entered_at)
    select workspace_id, gen_random_uuid(), gen_random_uuid(), customer_id, '', 'n', id, '{}', '', '', now()
    from events where workspace_id = ${target.workspaceId} order by id limit 1`)
  await open.db.execute(sql`update imports set status = 'undoing' where id = ${target.importId}::uuid`)
  await takeBack({ ...open, beat: () => {} }, target)
  expect(await bench.seen(target)).toMatchObject({ status: 'undone', customersKept: 1 })
  expect([await bench.count('events', target), await bench.count('customers', target)]).toEqual([2, 1])
})
