import { createHash } from 'node:crypto'
import { createReadStream, readFileSync } from 'node:fs'
import { saveFile } from '@tropa/db/files'
import { listImportErrors, moveImport } from '@tropa/db/imports'
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { bytesOf, type ImportBench, purchases } from '../testing/import-bench.ts'
import { withImportBench } from '../testing/with-import-bench.ts'

let bench: ImportBench

withImportBench((opened) => {
  bench = opened
})

test('a log without clocks becomes history, purchases of one day in the order of the file', async () => {
  const target = await bench.start({ text: purchases(3, 3) })
  expect(await bench.run(target)).toEqual({ next: 'end' })
  expect(await bench.seen(target)).toMatchObject({
    status: 'done',
    rowsRead: 9,
    rowsTotal: 9,
    rowsStored: 9,
    rowsRejected: 0,
    customersCreated: 3,
  })
  expect((await bench.events(target)).slice(0, 3)).toEqual([
    { customer: '00000', at: '1997-01-01 12:00:00+00', total: 0.5 },
    { customer: '00000', at: '1997-01-01 12:00:01+00', total: 1.5 },
    { customer: '00000', at: '1997-01-02 12:00:00+00', total: 2.5 },
  ])
  expect(await bench.count('outbox', target)).toBe(0)
})

test('the same file again brings nothing new', async () => {
  const text = purchases(20, 5)
  const first = await bench.start({ text })
  await bench.run(first)
  const again = await bench.start({ text, workspaceId: first.workspaceId })
  await bench.run(again)
  expect(await bench.seen(again)).toMatchObject({
    rowsStored: 0,
    rowsDuplicate: 100,
    customersCreated: 0,
    status: 'done',
  })
  expect(await bench.count('events', first)).toBe(100)
})

test('however often it is killed between pages, every row counts once and days keep their order', async () => {
  const text = purchases(100, 9)
  const whole = await bench.start({ text })
  await bench.run(whole)
  const target = await bench.start({ text })
  let beats = 0
  let kills = 0
  const mortal = () => {
    if (beats++ % 2 === 1 && kills < 4) {
      kills++
      throw new Error('killed')
    }
  }
  for (;;) {
    const outcome = await bench.run(target, mortal).catch(() => null)
    if (outcome) break
  }
  expect(kills).toBe(4)
  expect(await bench.seen(target)).toMatchObject({ rowsRead: 900, rowsStored: 900, customersCreated: 100 })
  expect(await bench.events(target)).toEqual(await bench.events(whole))
})

test('two runs of one import at once store every row once', async () => {
  const target = await bench.start({ text: purchases(100, 8) })
  await Promise.all([bench.run(target), bench.run(target), bench.run(target)])
  expect(await bench.seen(target)).toMatchObject({ rowsRead: 800, rowsStored: 800, status: 'done' })
  expect(await bench.count('events', target)).toBe(800)
})

test('a paused import waits where it is and goes on from there', async () => {
  const target = await bench.start({ text: purchases(100, 8) })
  let beats = 0
  const pausing = () => {
    if (++beats === 3)
      void moveImport(bench.db, target.workspaceId, target.importId, ['running'], { status: 'paused' })
  }
  expect(await bench.run(target, pausing)).toEqual({ next: 'wait' })
  const paused = await bench.seen(target)
  expect(paused?.rowsRead).toBeLessThan(800)
  await moveImport(bench.db, target.workspaceId, target.importId, ['paused'], { status: 'running' })
  expect(await bench.run(target)).toEqual({ next: 'end' })
  expect(await bench.seen(target)).toMatchObject({ rowsRead: 800, rowsStored: 800, status: 'done' })
})

test('bad rows are told with their line and sentence; the good ones are in', async () => {
  const text = '1 1 19970101 1 5.5\n2 2 19971301 1 5.5\n3 3 19970101 x 5.5\n4 4 19970101\n5 5 19970102 1 7\n'
  const target = await bench.start({ text })
  await bench.run(target)
  expect(await bench.seen(target)).toMatchObject({
    rowsRead: 5,
    rowsStored: 2,
    rowsRejected: 3,
    status: 'done',
  })
  const errors = await listImportErrors(bench.db, target.workspaceId, target.importId, 0, 10)
  expect(errors.map(({ line, code }) => [line, code])).toEqual([
    [2, 'time_wrong'],
    [3, 'number_wrong'],
    [4, 'columns_wrong'],
  ])
  expect(JSON.parse(errors[0]?.detail ?? '')).toMatchObject({ en: expect.stringContaining('19971301') })
})

/** Good rows around two open quotation marks: one closed by nothing for more than a row may hold, one at the end. */
function rowsAroundOpenQuotes(before: number, after: number): string {
  const good = (n: number) => `${n},x,19970101,1,2`
  const rows = Array.from({ length: before + after }, (_, n) => good(n))
  rows.splice(before, 0, '9,"open,19970101,1,2')
  return [...rows, '8,x,"19970101,1,2', good(before + after)].join('\n')
}

test('a row that is left out is kept as it stood in the file', async () => {
  const target = await bench.start({ text: 'this row is broken', separator: 'whitespace' })
  expect(await bench.run(target)).toEqual({ next: 'end' })
  const errors = await listImportErrors(bench.db, target.workspaceId, target.importId, 0, 10)
  expect(errors.map(({ line, raw }) => [line, raw])).toEqual([[1, 'this row is broken']])
})

test('a quotation mark that never closes costs its own line; every row before and after it is stored', async () => {
  const target = await bench.start({ text: rowsAroundOpenQuotes(250, 5_000), separator: ',' })
  expect(await bench.run(target, undefined, 1_000)).toEqual({ next: 'end' })
  expect(await bench.seen(target)).toMatchObject({
    status: 'done',
    rowsRead: 5_253,
    rowsStored: 5_251,
    rowsRejected: 2,
  })
  const errors = await listImportErrors(bench.db, target.workspaceId, target.importId, 0, 10)
  expect(errors.map(({ line, code, raw }) => [line, code, raw])).toEqual([
    [251, 'quote_open', '9,"open,19970101,1,2'],
    [5_252, 'quote_open', '8,x,"19970101,1,2'],
  ])
})

test('two stray quotation marks far into a file cost one line, and the rows between them are stored', async () => {
  const rows = Array.from({ length: 6_000 }, (_, n) => `${n},x,19970101,1,2`)
  rows[5_500] = '5500,"x,19970101,1,2'
  rows[5_520] = '5520,x",19970101,1,2'
  const target = await bench.start({ text: rows.join('\n'), separator: ',' })
  expect(await bench.run(target, undefined, 1_000)).toEqual({ next: 'end' })
  expect(await bench.seen(target)).toMatchObject({ rowsRead: 6_000, rowsStored: 5_999, rowsRejected: 1 })
  const errors = await listImportErrors(bench.db, target.workspaceId, target.importId, 0, 10)
  expect(errors.map(({ line, code, raw }) => [line, code, raw])).toEqual([
    [5_501, 'quote_stray', '5500,"x,19970101,1,2'],
  ])
  expect(JSON.parse(errors[0]?.detail ?? '')).toEqual({
    en: expect.stringContaining('only in line 5521'),
    ru: expect.stringContaining('только в строке 5521'),
  })
})

test.each([250, 251, 252])(
  'killed at borders of pages of %s rows, an open quotation mark still costs one line',
  async (pageRows) => {
    const target = await bench.start({ text: rowsAroundOpenQuotes(251, 1_000), separator: ',' })
    let beats = 0
    let kills = 0
    const mortal = () => {
      if (beats++ % 3 === 2 && kills < 4) {
        kills++
        throw new Error('killed')
      }
    }
    while ((await bench.run(target, mortal, pageRows).catch(() => null)) === null);
    expect(kills).toBe(4)
    expect(await bench.seen(target)).toMatchObject({
      status: 'done',
      rowsRead: 1_254,
      rowsStored: 1_252,
      rowsRejected: 2,
    })
  },
)

test('live rows wait for the router, with made-up addresses and consents', async () => {
  const mapping = {
    emailAddress: { pattern: '{external_id}@example.test' },
    consentEmail: { source: 'demo: made up' },
  }
  const target = await bench.start({ text: purchases(3, 2), mapping, mode: 'live' })
  await bench.run(target)
  expect(await bench.count('outbox', target)).toBe(6)
  const addresses = await bench.db.execute(
    sql`select value from identifiers where workspace_id = ${target.workspaceId} and type = 'email' order by value`,
  )
  expect(addresses.rows[0]).toEqual({ value: '00000@example.test' })
  expect([await bench.count('consents', target), await bench.count('consent_changes', target)]).toEqual([
    3, 3,
  ])
})

test('an import never overrules a withdrawal', async () => {
  const target = await bench.start({
    text: purchases(1, 1),
    mapping: { consentEmail: { source: 'first list' } },
  })
  await bench.run(target)
  await bench.db.execute(
    sql`update consents set state = 'revoked' where workspace_id = ${target.workspaceId}`,
  )
  const again = await bench.start({
    text: purchases(1, 2),
    workspaceId: target.workspaceId,
    mapping: { consentEmail: { source: 'second list' } },
  })
  await bench.run(again)
  const { rows } = await bench.db.execute(
    sql`select state, source from consents where workspace_id = ${target.workspaceId}`,
  )
  expect(rows).toEqual([{ state: 'revoked', source: 'first list' }])
})

test('the excerpt of the real log comes to the facts that counting its lines gives', async () => {
  const text = readFileSync(
    new URL('../../../../tests/golden/data/cdnow-excerpt.txt', import.meta.url),
    'utf8',
  )
  const rows = text
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
  const target = await bench.start({ text: text.replaceAll('\n', '\r\n') })
  await bench.run(target)
  expect(await bench.seen(target)).toMatchObject({
    rowsStored: rows.length,
    rowsRejected: 0,
    customersCreated: new Set(rows.map(([customer]) => customer)).size,
  })
  const stored = await bench.events(target)
  const spent = rows.reduce((sum, cells) => sum + Number(cells[4]), 0)
  expect(stored.reduce((sum, { total }) => sum + total, 0)).toBeCloseTo(spent, 6)
  expect(stored.map(({ customer, total }) => [customer, total])).toEqual(
    rows.map(([customer, , , , total]) => [customer, Number(total)]),
  )
})

test.skipIf(!process.env.CDNOW_LOG)('the real log comes to its known facts', async () => {
  const path = process.env.CDNOW_LOG ?? ''
  const target = await bench.start({ text: createReadStream(path) as AsyncIterable<Buffer> })
  await bench.run(target, undefined, 2_000)
  expect(await bench.seen(target)).toMatchObject({
    rowsStored: 6_919,
    rowsRejected: 0,
    customersCreated: 2_357,
  })
  const facts = await bench.db.execute(sql`
    select min(occurred_at)::date::text as first, max(occurred_at)::date::text as last,
      count(distinct (customer_id, occurred_at))::int as moments
    from events where workspace_id = ${target.workspaceId}`)
  expect(facts.rows).toEqual([{ first: '1997-01-01', last: '1998-06-30', moments: 6_919 }])
  const again = await bench.db.execute<{ n: number }>(sql`
    with firsts as (
      select customer_id, min(occurred_at)::date as day from events where workspace_id = ${target.workspaceId} group by 1
    )
    select count(distinct e.customer_id)::int as n from events e join firsts f using (customer_id)
    where e.occurred_at::date - f.day between 1 and 30`)
  expect(again.rows).toEqual([{ n: 410 }])
})

test('the hash of a kept file is that of its bytes', async () => {
  const { hash, size } = await saveFile(bench.db, 'w', bytesOf('x'.repeat(3_000_000)), 10_000_000)
  expect([hash, size]).toEqual([createHash('sha256').update('x'.repeat(3_000_000)).digest('hex'), 3_000_000])
  await expect(saveFile(bench.db, 'big', bytesOf('x'.repeat(3_000_000)), 2_000_000)).rejects.toThrow('larger')
  const left = await bench.db.execute(sql`select 1 from file_chunks where workspace_id = 'big'`)
  expect(left.rowCount).toBe(0)
})
