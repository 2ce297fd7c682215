import { readFile } from 'node:fs/promises'
import type { OpenDatabase } from '@tropa/db'
import { storeEvents } from '@tropa/db/events'
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { ImportBench } from '../testing/import-bench.ts'
import { withImportBench } from '../testing/with-import-bench.ts'
import { takeBack } from './undo.ts'

let open: OpenDatabase
let bench: ImportBench
let made = 0

withImportBench((opened, itsBench) => {
  open = opened
  bench = itsBench
})

const migration = new URL('../../../../packages/db/migrations/0009_made_up_addresses.sql', import.meta.url)

function say(workspaceId: string, who: string, email?: string) {
  const identifiers = [
    { type: 'external_id', value: who },
    ...(email ? [{ type: 'email', value: email }] : []),
  ]
  const event = { messageId: `m${made++}`, name: 'seen', properties: {}, occurredAt: Date.now() }
  return storeEvents(open.db, workspaceId, [{ ...event, bodyHash: 'h', identifiers }], { source: 'api' })
}

test('an import from before it was kept who said an address takes those back that it surely made up', async () => {
  const workspaceId = 'older'
  for (const who of ['Ann 1', 'bob', 'cid']) await say(workspaceId, who)
  await say(workspaceId, 'dan', 'dan@example.test')
  const target = await bench.start({
    text: ['Ann 1', 'bob', 'cid', 'dan'].map((who) => `${who};1;19970101;1;1\n`).join(''),
    workspaceId,
    separator: ';',
    mapping: { emailAddress: { pattern: '{external_id}@Example.test' } },
  })
  await bench.run(target)
  await say(workspaceId, 'cid', 'cid@example.test')
  await open.db.execute(sql`update identifiers set import_ids = null`)
  await open.pool.query(await readFile(migration, 'utf8'))
  await open.db.execute(sql`update imports set status = 'undoing' where id = ${target.importId}::uuid`)
  await takeBack({ ...open, beat: () => {} }, target)
  const left = await open.db.execute<{ value: string }>(
    sql`select value from identifiers where workspace_id = ${workspaceId} and type = 'email' order by 1`,
  )
  expect(left.rows.map(({ value }) => value)).toEqual(['cid@example.test', 'dan@example.test'])
})
