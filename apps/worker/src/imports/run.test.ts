import { createHash } from 'node:crypto'
import { createReadStream, readFileSync } from 'node:fs'
import { migrate, type OpenDatabase, openDatabase } from '@tropa/db'
import { findClock, pauseClock } from '@tropa/db/feed'
import { saveFile } from '@tropa/db/files'
import { createImport, findImport, type ImportRow, listImportErrors, moveImport } from '@tropa/db/imports'
import { describeColumns, type Format, mappingShape } from '@tropa/intake'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createDatabase, type TestDatabase } from '../../../../tests/setup/use-services.ts'
import { runToNextStop } from './run.ts'
import { takeBack } from './undo.ts'

let database: TestDatabase
let open: OpenDatabase
let counter = 0

beforeAll(async () => {
  database = await createDatabase()
  await migrate(database.url)
  open = openDatabase(database.url)
})
afterAll(async () => {
  await open.close()
  await database.drop()
})

beforeEach(() => open.db.execute(sql`delete from outbox`))

const log: Format = { separator: 'whitespace', header: false, encoding: 'utf-8' }
const orders = {
  event: { name: 'order' },
  customer: { column: 0, identifier: 'external_id' },
  time: { column: 2, format: 'YYYYMMDD' },
  properties: [
    { column: 3, name: 'quantity', type: 'number' },
    { column: 4, name: 'total', type: 'number' },
  ],
}

interface Sketch {
  text?: string | AsyncIterable<Buffer>
  workspaceId?: string
  mapping?: object
  format?: Format
  mode?: ImportRow['mode']
  secondsPerDay?: number
  width?: number
}

async function* bytesOf(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text)
}

async function start({
  text = '',
  workspaceId = `w${counter++}`,
  mapping = {},
  format = log,
  mode = 'history',
  ...rest
}: Sketch) {
  const stream = typeof text === 'string' ? bytesOf(text) : text
  const { fileId, size, hash } = await saveFile(open.db, workspaceId, stream, 10_000_000)
  const sample = Buffer.from(' 1 1 19970101 1 1\n')
  const described = rest.width
    ? {
        ...format,
        columns: Array.from({ length: rest.width }, (_, index) => ({
          index,
          name: `${index}`,
          samples: [],
          guess: 'text' as const,
        })),
        sampleRows: [],
      }
    : await describeColumns(sample, true, format)
  const row = await createImport(open.db, {
    workspaceId,
    fileId,
    fileName: 'log.txt',
    fileSize: size,
    fileHash: hash,
    format: described,
    mapping: mappingShape.parse({ ...orders, ...mapping }),
    mode,
    secondsPerDay: rest.secondsPerDay ?? null,
    status: 'running',
  })
  return { workspaceId, importId: row.id }
}

type Target = Awaited<ReturnType<typeof start>>

const run = (target: Target, beat: () => void = () => {}, pageRows = 100) =>
  runToNextStop({ db: open.db, beat, pageRows }, target)
const seen = (target: Target) => findImport(open.db, target.workspaceId, target.importId)

function purchases(customers: number, each: number): string {
  const lines: string[] = []
  for (let customer = 0; customer < customers; customer++) {
    for (let n = 0; n < each; n++) {
      const id = String(customer).padStart(5, '0')
      lines.push(` ${id} ${id.slice(1)} 1997010${1 + Math.floor(n / 2)}  ${n + 1}   ${n}.50`)
    }
  }
  return `${lines.join('\r\n')}\r\n`
}

async function events(target: Target) {
  const found = await open.db.execute<{ customer: string; at: string; total: number }>(sql`
    select i.value as customer, e.occurred_at::text as at, (e.properties->>'total')::float8 as total
    from events e join identifiers i on i.customer_id = e.customer_id and i.type = 'external_id'
    where e.workspace_id = ${target.workspaceId} order by i.value, e.occurred_at, e.id`)
  return found.rows
}

async function count(table: string, target: Target): Promise<number> {
  const found = await open.db.execute<{ n: number }>(
    sql`select count(*)::int as n from ${sql.identifier(table)} where workspace_id = ${target.workspaceId}`,
  )
  return found.rows[0]?.n ?? -1
}

test('a log without clocks becomes history, purchases of one day in the order of the file', async () => {
  const target = await start({ text: purchases(3, 3) })
  expect(await run(target)).toEqual({ next: 'end' })
  expect(await seen(target)).toMatchObject({
    status: 'done',
    rowsRead: 9,
    rowsTotal: 9,
    rowsStored: 9,
    rowsRejected: 0,
    customersCreated: 3,
  })
  expect((await events(target)).slice(0, 3)).toEqual([
    { customer: '00000', at: '1997-01-01 12:00:00+00', total: 0.5 },
    { customer: '00000', at: '1997-01-01 12:00:01+00', total: 1.5 },
    { customer: '00000', at: '1997-01-02 12:00:00+00', total: 2.5 },
  ])
  expect(await count('outbox', target)).toBe(0)
})

test('the same file again brings nothing new', async () => {
  const text = purchases(20, 5)
  const first = await start({ text })
  await run(first)
  const again = await start({ text, workspaceId: first.workspaceId })
  await run(again)
  expect(await seen(again)).toMatchObject({
    rowsStored: 0,
    rowsDuplicate: 100,
    customersCreated: 0,
    status: 'done',
  })
  expect(await count('events', first)).toBe(100)
})

test('however often it is killed between pages, every row counts once and days keep their order', async () => {
  const text = purchases(100, 9)
  const whole = await start({ text })
  await run(whole)
  const target = await start({ text })
  let beats = 0
  let kills = 0
  const mortal = () => {
    if (beats++ % 2 === 1 && kills < 4) {
      kills++
      throw new Error('killed')
    }
  }
  for (;;) {
    const outcome = await run(target, mortal).catch(() => null)
    if (outcome) break
  }
  expect(kills).toBe(4)
  expect(await seen(target)).toMatchObject({ rowsRead: 900, rowsStored: 900, customersCreated: 100 })
  expect(await events(target)).toEqual(await events(whole))
})

test('two runs of one import at once store every row once', async () => {
  const target = await start({ text: purchases(100, 8) })
  await Promise.all([run(target), run(target), run(target)])
  expect(await seen(target)).toMatchObject({ rowsRead: 800, rowsStored: 800, status: 'done' })
  expect(await count('events', target)).toBe(800)
})

test('a paused import waits where it is and goes on from there', async () => {
  const target = await start({ text: purchases(100, 8) })
  let beats = 0
  const pausing = () => {
    if (++beats === 3)
      void moveImport(open.db, target.workspaceId, target.importId, ['running'], { status: 'paused' })
  }
  expect(await run(target, pausing)).toEqual({ next: 'wait' })
  const paused = await seen(target)
  expect(paused?.rowsRead).toBeLessThan(800)
  await moveImport(open.db, target.workspaceId, target.importId, ['paused'], { status: 'running' })
  expect(await run(target)).toEqual({ next: 'end' })
  expect(await seen(target)).toMatchObject({ rowsRead: 800, rowsStored: 800, status: 'done' })
})

test('bad rows are told with their line and sentence; the good ones are in', async () => {
  const text = '1 1 19970101 1 5.5\n2 2 19971301 1 5.5\n3 3 19970101 x 5.5\n4 4 19970101\n5 5 19970102 1 7\n'
  const target = await start({ text })
  await run(target)
  expect(await seen(target)).toMatchObject({ rowsRead: 5, rowsStored: 2, rowsRejected: 3, status: 'done' })
  const errors = await listImportErrors(open.db, target.workspaceId, target.importId, 0, 10)
  expect(errors.map(({ line, code }) => [line, code])).toEqual([
    [2, 'time_wrong'],
    [3, 'number_wrong'],
    [4, 'columns_wrong'],
  ])
  expect(JSON.parse(errors[0]?.detail ?? '')).toMatchObject({ en: expect.stringContaining('19971301') })
})

test('a quotation mark that never closes fails the import with the line, and keeps what was stored', async () => {
  const lines = Array.from({ length: 250 }, (_, n) => `${n},x,19970101,1,2`).join('\n')
  const text = `${lines}\n9,"${'x,\n'.repeat(1_500_000)}`
  const target = await start({ text, format: { ...log, separator: ',' }, width: 5 })
  expect(await run(target)).toEqual({ next: 'end' })
  const failed = await seen(target)
  expect(failed).toMatchObject({ status: 'failed', rowsStored: 200 })
  expect(failed?.failure?.en).toContain('line 250:')
})

test('live rows wait for the router, with made-up addresses and consents', async () => {
  const mapping = {
    emailAddress: { pattern: '{external_id}@example.test' },
    consentEmail: { source: 'demo: made up' },
  }
  const target = await start({ text: purchases(3, 2), mapping, mode: 'live' })
  await run(target)
  expect(await count('outbox', target)).toBe(6)
  const addresses = await open.db.execute(
    sql`select value from identifiers where workspace_id = ${target.workspaceId} and type = 'email' order by value`,
  )
  expect(addresses.rows[0]).toEqual({ value: '00000@example.test' })
  expect([await count('consents', target), await count('consent_changes', target)]).toEqual([3, 3])
})

test('an import never overrules a withdrawal', async () => {
  const target = await start({ text: purchases(1, 1), mapping: { consentEmail: { source: 'first list' } } })
  await run(target)
  await open.db.execute(sql`update consents set state = 'revoked' where workspace_id = ${target.workspaceId}`)
  const again = await start({
    text: purchases(1, 2),
    workspaceId: target.workspaceId,
    mapping: { consentEmail: { source: 'second list' } },
  })
  await run(again)
  const { rows } = await open.db.execute(
    sql`select state, source from consents where workspace_id = ${target.workspaceId}`,
  )
  expect(rows).toEqual([{ state: 'revoked', source: 'first list' }])
})

async function routeEverything(target: Target, until: Promise<unknown>): Promise<void> {
  let ended = false
  void until.finally(() => {
    ended = true
  })
  while (!ended) {
    await open.db.execute(sql`delete from outbox where workspace_id = ${target.workspaceId}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

test('a compressed run lets events through as its clock passes them, and ends its clock', async () => {
  const text = Array.from({ length: 60 }, (_, n) => {
    const day = new Date(Date.UTC(1997, 0, 1 + Math.floor(n / 2)))
      .toISOString()
      .slice(0, 10)
      .replaceAll('-', '')
    return `${String(59 - n).padStart(5, '0')} 1 ${day} 1 ${n}`
  }).reverse()
  const target = await start({ text: text.join('\n'), mode: 'compressed', secondsPerDay: 0.05 })
  const running = run(target)
  await routeEverything(target, running)
  expect(await seen(target)).toMatchObject({ status: 'done', rowsStored: 60, eventsFed: 60 })
  const fed = await open.db.execute<{ ordered: boolean; clocks: number; early: number }>(sql`
    select count(distinct e.clock_id)::int as clocks,
      count(*) filter (where e.occurred_at > k.fed_until)::int as early,
      bool_and(e.occurred_at >= e.before) as ordered
    from (select *, lag(occurred_at, 1, '-infinity') over (order by id) as before from events
      where workspace_id = ${target.workspaceId}) e join clocks k on k.id = e.clock_id`)
  expect(fed.rows).toEqual([{ clocks: 1, early: 0, ordered: true }])
  expect((await findClock(open.db, target.importId))?.ended).toBe(true)
  expect(await count('feed', target)).toBe(0)
})

test('the clock of a compressed run stands still while the router is behind', async () => {
  const text = Array.from(
    { length: 40 },
    (_, n) => `${n} 1 199701${String(1 + (n % 30)).padStart(2, '0')} 1 1`,
  )
  const target = await start({ text: text.join('\n'), mode: 'compressed', secondsPerDay: 0.3 })
  const running = run(target)
  await new Promise((resolve) => setTimeout(resolve, 4_000))
  const held = await findClock(open.db, target.importId)
  expect(held?.paused).toBe(true)
  const fed = (await seen(target))?.eventsFed ?? 0
  await new Promise((resolve) => setTimeout(resolve, 800))
  expect((await seen(target))?.eventsFed).toBe(fed)
  await routeEverything(target, running)
  expect(await seen(target)).toMatchObject({ status: 'done', eventsFed: 40 })
}, 40_000)

test('a pause freezes the virtual clock and a resume loses no time', async () => {
  const text = Array.from({ length: 20 }, (_, n) => `${n} 1 199701${String(1 + n).padStart(2, '0')} 1 1`)
  const target = await start({ text: text.join('\n'), mode: 'compressed', secondsPerDay: 0.1 })
  const first = run(target)
  const routing = routeEverything(target, first)
  await new Promise((resolve) => setTimeout(resolve, 700))
  await moveImport(open.db, target.workspaceId, target.importId, ['running'], { status: 'paused' })
  await pauseClock(open.db, target.importId)
  expect(await first).toEqual({ next: 'wait' })
  await routing
  const before = await findClock(open.db, target.importId)
  await new Promise((resolve) => setTimeout(resolve, 1_000))
  expect((await findClock(open.db, target.importId))?.virtualNow).toBe(before?.virtualNow)
  await moveImport(open.db, target.workspaceId, target.importId, ['paused'], { status: 'running' })
  const second = run(target)
  await routeEverything(target, second)
  expect(await seen(target)).toMatchObject({ status: 'done', eventsFed: 20 })
})

test('an undo takes back events, consents and customers of the import and nothing else', async () => {
  const kept = await start({ text: '00000 1 19960101 1 1\n' })
  await run(kept)
  const target = await start({
    text: purchases(50, 3),
    workspaceId: kept.workspaceId,
    mapping: { consentEmail: { source: 'demo list' } },
  })
  await run(target)
  await open.db.execute(sql`update imports set status = 'undoing' where id = ${target.importId}::uuid`)
  await takeBack({ db: open.db, beat: () => {} }, target)
  expect(await seen(target)).toMatchObject({ status: 'undone', customersKept: 0 })
  expect([
    await count('events', kept),
    await count('customers', kept),
    await count('consents', kept),
  ]).toEqual([1, 1, 0])
  const again = await start({ text: purchases(50, 3), workspaceId: kept.workspaceId })
  await run(again)
  expect(await seen(again)).toMatchObject({ rowsStored: 150, rowsDuplicate: 0 })
})

test('an undo leaves customers whom a journey has taken in, with their events, and counts them', async () => {
  const target = await start({ text: purchases(5, 2) })
  await run(target)
  await open.db.execute(sql`
    insert into enrollments (workspace_id, journey_id, version_id, customer_id, entry_key, entry_node, entry_event_id,
      state, salt, head_hash, entered_at)
    select workspace_id, gen_random_uuid(), gen_random_uuid(), customer_id, '', 'n', id, '{}', '', '', now()
    from events where workspace_id = ${target.workspaceId} order by id limit 1`)
  await open.db.execute(sql`update imports set status = 'undoing' where id = ${target.importId}::uuid`)
  await takeBack({ db: open.db, beat: () => {} }, target)
  expect(await seen(target)).toMatchObject({ status: 'undone', customersKept: 1 })
  expect([await count('events', target), await count('customers', target)]).toEqual([2, 1])
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
  const target = await start({ text: text.replaceAll('\n', '\r\n') })
  await run(target)
  expect(await seen(target)).toMatchObject({
    rowsStored: rows.length,
    rowsRejected: 0,
    customersCreated: new Set(rows.map(([customer]) => customer)).size,
  })
  const stored = await events(target)
  const spent = rows.reduce((sum, cells) => sum + Number(cells[4]), 0)
  expect(stored.reduce((sum, { total }) => sum + total, 0)).toBeCloseTo(spent, 6)
  expect(stored.map(({ customer, total }) => [customer, total])).toEqual(
    rows.map(([customer, , , , total]) => [customer, Number(total)]),
  )
})

test.skipIf(!process.env.CDNOW_LOG)('the real log comes to its known facts', async () => {
  const path = process.env.CDNOW_LOG ?? ''
  const target = await start({ text: createReadStream(path) as AsyncIterable<Buffer> })
  await run(target, undefined, 2_000)
  expect(await seen(target)).toMatchObject({ rowsStored: 6_919, rowsRejected: 0, customersCreated: 2_357 })
  const facts = await open.db.execute(sql`
    select min(occurred_at)::date::text as first, max(occurred_at)::date::text as last,
      count(distinct (customer_id, occurred_at))::int as moments
    from events where workspace_id = ${target.workspaceId}`)
  expect(facts.rows).toEqual([{ first: '1997-01-01', last: '1998-06-30', moments: 6_919 }])
  const again = await open.db.execute<{ n: number }>(sql`
    with firsts as (
      select customer_id, min(occurred_at)::date as day from events where workspace_id = ${target.workspaceId} group by 1
    )
    select count(distinct e.customer_id)::int as n from events e join firsts f using (customer_id)
    where e.occurred_at::date - f.day between 1 and 30`)
  expect(again.rows).toEqual([{ n: 410 }])
})

test('the hash of a kept file is that of its bytes', async () => {
  const { hash, size } = await saveFile(open.db, 'w', bytesOf('x'.repeat(3_000_000)), 10_000_000)
  expect([hash, size]).toEqual([createHash('sha256').update('x'.repeat(3_000_000)).digest('hex'), 3_000_000])
  await expect(saveFile(open.db, 'big', bytesOf('x'.repeat(3_000_000)), 2_000_000)).rejects.toThrow('larger')
  const left = await open.db.execute(sql`select 1 from file_chunks where workspace_id = 'big'`)
  expect(left.rowCount).toBe(0)
})
