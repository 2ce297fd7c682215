import { countBrought } from '@tropa/db/brought'
import { changeConsent } from '@tropa/db/customers'
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { ImportBench } from '../testing/import-bench.ts'
import { withImportBench } from '../testing/with-import-bench.ts'
import type { ImportTarget } from './import-deps.ts'

let bench: ImportBench

withImportBench((opened) => {
  bench = opened
})

const agreedBy = (source: string) => ({ consentEmail: { source } })

const bring = (workspaceId: string, text: string, mapping: object, pageRows?: number) =>
  bench.bring({ workspaceId, text, mapping }, pageRows)
const undo = async (target: ImportTarget) => (await bench.undo(target))?.undone

const consentsIn = async (workspaceId: string) => {
  const found = await bench.db.execute(sql`
    select i.value as who, k.state, k.source from consents k
    join identifiers i on i.customer_id = k.customer_id and i.type = 'external_id'
    where k.workspace_id = ${workspaceId} order by 1`)
  return found.rows
}

const historyOf = async (workspaceId: string, who: string) => {
  const found = await bench.db.execute(sql`
    select h.state, h.source from consent_changes h join identifiers i on i.customer_id = h.customer_id
    where h.workspace_id = ${workspaceId} and i.value = ${who} order by h.at, h.id`)
  return found.rows
}

test('a consent that two imports give stays until both are taken back, with the source that still stands', async () => {
  const workspaceId = 'first-first'
  const first = await bring(workspaceId, 'ann 1 19970101 1 1\n', agreedBy('form'))
  const second = await bring(workspaceId, 'ann 1 19970102 1 2\nann 1 19970103 1 3\n', agreedBy('shop'), 1)
  expect(await consentsIn(workspaceId)).toEqual([{ who: 'ann', state: 'granted', source: 'form' }])
  expect(await undo(first)).toMatchObject({ consents: 0 })
  expect(await consentsIn(workspaceId)).toEqual([{ who: 'ann', state: 'granted', source: 'shop' }])
  expect(await historyOf(workspaceId, 'ann')).toEqual([
    { state: 'granted', source: 'form' },
    { state: 'granted', source: 'shop' },
  ])
  await undo(second)
  expect(await consentsIn(workspaceId)).toEqual([])
})

test('a customer whom one import brought and another told of goes with the later undo', async () => {
  const workspaceId = 'told-twice'
  const first = await bring(workspaceId, 'ann 1 19970101 1 1\nbob 1 19970101 1 1\n', {})
  const second = await bring(workspaceId, 'ann 1 19970102 1 2\n', {})
  const other = await bring(workspaceId, 'bob 1 19970102 1 2\n', {})
  await undo(first)
  expect(await bench.count('customers', first)).toBe(2)
  expect(await countBrought(bench.db, workspaceId, second.importId)).toMatchObject({
    events: 1,
    customers: 1,
  })
  expect(await undo(second)).toMatchObject({ events: 1, customers: 1 })
  expect(await bench.count('customers', first)).toBe(1)
  await undo(other)
  expect(await bench.count('customers', first)).toBe(0)
})

test('the later of two imports that give a consent takes nothing back from the earlier', async () => {
  const workspaceId = 'second-first'
  const first = await bring(workspaceId, 'ann 1 19970101 1 1\n', agreedBy('form'))
  const second = await bring(workspaceId, 'ann 1 19970102 1 2\n', agreedBy('shop'))
  expect(await undo(second)).toMatchObject({ consents: 0 })
  expect(await consentsIn(workspaceId)).toEqual([{ who: 'ann', state: 'granted', source: 'form' }])
  await undo(first)
  expect(await consentsIn(workspaceId)).toEqual([])
})

test('an import that comes after a withdrawal states nothing, and its undo changes nothing', async () => {
  const workspaceId = 'withdrawn'
  await bring(workspaceId, 'ann 1 19970101 1 1\n', agreedBy('form'))
  const found = await bench.db.execute<{ id: string }>(
    sql`select customer_id as id from identifiers where workspace_id = ${workspaceId}`,
  )
  const withdrawal = { channel: 'email', topic: '', state: 'revoked' as const, source: 'unsubscribe' }
  await changeConsent(bench.db, workspaceId, found.rows[0]?.id ?? '', withdrawal)
  const second = await bring(workspaceId, 'ann 1 19970102 1 2\n', agreedBy('shop'))
  await undo(second)
  expect(await consentsIn(workspaceId)).toEqual([{ who: 'ann', state: 'revoked', source: 'unsubscribe' }])
  expect(await historyOf(workspaceId, 'ann')).toHaveLength(2)
})
