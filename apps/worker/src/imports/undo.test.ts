import { mergeCustomers } from '@tropa/db/merges'
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { type ImportBench, purchases } from '../testing/import-bench.ts'
import { rowsRead } from '../testing/rows-read.ts'
import { withImportBench } from '../testing/with-import-bench.ts'

let bench: ImportBench

withImportBench((opened) => {
  bench = opened
})

test('an undo takes back events, consents and customers of the import and nothing else', async () => {
  const kept = await bench.bring({ text: '00000 1 19960101 1 1\n' })
  const target = await bench.bring({
    text: purchases(50, 3),
    workspaceId: kept.workspaceId,
    mapping: { consentEmail: { source: 'demo list' } },
  })
  expect(await bench.undo(target)).toMatchObject({ status: 'undone', customersKept: 0 })
  expect([
    await bench.count('events', kept),
    await bench.count('customers', kept),
    await bench.count('consents', kept),
  ]).toEqual([1, 1, 0])
  const again = await bench.bring({ text: purchases(50, 3), workspaceId: kept.workspaceId })
  expect(await bench.seen(again)).toMatchObject({ rowsStored: 150, rowsDuplicate: 0 })
})

test('an undo leaves customers whom a journey has taken in, with the event that began it, and counts them', async () => {
  const target = await bench.bring({ text: purchases(5, 2) })
  const { workspaceId } = target
  const first = sql`
    select customer_id, id as event_id from events where workspace_id = ${workspaceId} order by id limit 1`
  await bench.enroll(workspaceId, first)
  expect(await bench.undo(target)).toMatchObject({ status: 'undone', customersKept: 1 })
  expect([await bench.count('events', target), await bench.count('customers', target)]).toEqual([1, 1])
})

test('an undo does not go through everybody in journeys for each event', async () => {
  const target = await bench.bring({ text: purchases(3_000, 1) })
  const others = sql`select gen_random_uuid() as customer_id, -n as event_id from generate_series(1, 5000) n`
  await bench.enroll(target.workspaceId, others)
  const read = await rowsRead(bench.db, async (tx) => {
    expect(await bench.undo(target, tx)).toMatchObject({ status: 'undone', customersKept: 0 })
  })
  // A few dozen rows for an event; everybody for each event would be fifteen million.
  expect(read).toBeLessThan(300_000)
}, 60_000)

const named = { attributes: [{ column: 3, name: 'city', type: 'text' }], properties: [] }
const attributesOf = async (workspaceId: string) => {
  const found = await bench.db.execute<{ who: string; attributes: unknown }>(sql`
    select i.value as who, c.attributes from customers c
    join identifiers i on i.customer_id = c.id and i.type = 'external_id'
    where c.workspace_id = ${workspaceId} order by 1`)
  return Object.fromEntries(found.rows.map(({ who, attributes }) => [who, attributes]))
}
const townsOf = (...towns: [who: string, city: string][]) =>
  towns.map(([who, city]) => `${who} 1 19970101 ${city} 1`).join('\n')

test('an undo gives attributes back that the import changed, unless somebody has changed them since', async () => {
  const first = await bench.bring({
    text: townsOf(['ann', 'Rome'], ['ben', 'Oslo'], ['col', 'Riga']),
    mapping: named,
  })
  const { workspaceId } = first
  await bench.db.execute(sql`
    update customers set attributes = attributes - 'city' where workspace_id = ${workspaceId}
      and id = (select customer_id from identifiers where workspace_id = ${workspaceId} and value = 'ben')`)
  const towns = townsOf(
    ['ann', 'Paris'],
    ['ben', 'Paris'],
    ['col', 'Paris'],
    ['dan', 'Paris'],
    ['ann', 'Nice'],
  )
  const wrong = await bench.bring({ text: towns, workspaceId, mapping: named }, 2)
  expect(await attributesOf(workspaceId)).toMatchObject({ ann: { city: 'Nice' }, col: { city: 'Paris' } })
  await bench.db.execute(sql`
    update customers set attributes = '{"city": "Kyiv"}' where workspace_id = ${workspaceId}
      and id = (select customer_id from identifiers where workspace_id = ${workspaceId} and value = 'col')`)
  await bench.undo(wrong)
  expect(await attributesOf(workspaceId)).toEqual({ ann: { city: 'Rome' }, ben: {}, col: { city: 'Kyiv' } })
  expect((await bench.seen(wrong))?.undone).toMatchObject({
    at: expect.stringMatching(/^20.*Z$/),
    events: 5,
    customers: 1,
    restored: 2,
    changedSince: 1,
  })
  expect((await bench.db.execute(sql`select 1 from attributes_before`)).rowCount).toBe(0)
})

test('two imports over each other are taken back to what was before both, in either order', async () => {
  for (const order of [
    [0, 1],
    [1, 0],
  ]) {
    const first = await bench.bring({ text: townsOf(['ann', 'Rome']), mapping: named })
    const { workspaceId } = first
    const later = []
    for (const town of ['Paris', 'Nice']) {
      later.push(await bench.bring({ text: townsOf(['ann', town]), workspaceId, mapping: named }))
    }
    for (const at of order) if (later[at]) await bench.undo(later[at])
    expect(await attributesOf(workspaceId)).toEqual({ ann: { city: 'Rome' } })
  }
})

test('what an import changed of somebody who was merged away since is given back to who they are now', async () => {
  const first = await bench.bring({ text: townsOf(['ann', 'Rome']), mapping: named })
  const { workspaceId } = first
  const wrong = await bench.bring({ text: townsOf(['ann', 'Paris']), workspaceId, mapping: named })
  const made = await bench.db.execute<{ id: string }>(sql`
    insert into customers (workspace_id, attributes) values (${workspaceId}, '{"tier": "gold"}') returning id`)
  const found = await bench.db.execute<{ id: string }>(sql`
    select customer_id as id from identifiers where workspace_id = ${workspaceId} and value = 'ann'`)
  const [loser = '', survivor = ''] = [found.rows[0]?.id, made.rows[0]?.id]
  await bench.db.transaction((tx) => mergeCustomers(tx, workspaceId, { loser, survivor }))
  expect(await attributesOf(workspaceId)).toEqual({ ann: { tier: 'gold', city: 'Paris' } })
  await bench.undo(wrong)
  expect(await attributesOf(workspaceId)).toEqual({ ann: { tier: 'gold', city: 'Rome' } })
})
