import { readFile } from 'node:fs/promises'
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { email, external, type ImportBench } from '../testing/import-bench.ts'
import { withImportBench } from '../testing/with-import-bench.ts'

let bench: ImportBench

withImportBench((opened) => {
  bench = opened
})

const migration = new URL('../../../../packages/db/migrations/0009_made_up_addresses.sql', import.meta.url)

test('an import from before it was kept who said an address takes those back that it surely made up', async () => {
  const workspaceId = 'older'
  for (const who of ['Ann 1', 'bob', 'cid']) await bench.say(workspaceId, [external(who)])
  await bench.say(workspaceId, [external('dan'), email('dan@example.test')])
  const target = await bench.bring({
    text: ['Ann 1', 'bob', 'cid', 'dan'].map((who) => `${who};1;19970101;1;1\n`).join(''),
    workspaceId,
    separator: ';',
    mapping: { emailAddress: { pattern: '{external_id}@Example.test' } },
  })
  await bench.say(workspaceId, [external('cid'), email('cid@example.test')])
  await bench.db.execute(sql`update identifiers set import_ids = null`)
  await bench.pool.query(await readFile(migration, 'utf8'))
  await bench.undo(target)
  const left = await bench.db.execute<{ value: string }>(
    sql`select value from identifiers where workspace_id = ${workspaceId} and type = 'email' order by 1`,
  )
  expect(left.rows.map(({ value }) => value)).toEqual(['cid@example.test', 'dan@example.test'])
})
