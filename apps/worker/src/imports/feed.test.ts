import { findClock, pauseClock, stageEvents, startClock } from '@tropa/db/feed'
import { moveImport } from '@tropa/db/imports'
import { sql } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import type { ImportBench } from '../testing/import-bench.ts'
import { until } from '../testing/index.ts'
import { withImportBench } from '../testing/with-import-bench.ts'
import { feedToNextStop } from './feed.ts'
import type { ImportTarget } from './import-deps.ts'

let bench: ImportBench

withImportBench((opened) => {
  bench = opened
})

beforeEach(() => bench.db.execute(sql`delete from outbox`))

async function routeEverything(target: ImportTarget, run: Promise<unknown>): Promise<void> {
  let ended = false
  void run.finally(() => {
    ended = true
  })
  while (!ended) {
    await bench.db.execute(sql`delete from outbox where workspace_id = ${target.workspaceId}`)
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
  const target = await bench.start({ text: text.join('\n'), mode: 'compressed', secondsPerDay: 0.05 })
  const running = bench.run(target)
  await routeEverything(target, running)
  expect(await bench.seen(target)).toMatchObject({ status: 'done', rowsStored: 60, eventsFed: 60 })
  const fed = await bench.db.execute<{ ordered: boolean; clocks: number; early: number }>(sql`
    select count(distinct e.clock_id)::int as clocks,
      count(*) filter (where e.occurred_at > k.fed_until)::int as early,
      bool_and(e.occurred_at >= e.before) as ordered
    from (select *, lag(occurred_at, 1, '-infinity') over (order by id) as before from events
      where workspace_id = ${target.workspaceId}) e join clocks k on k.id = e.clock_id`)
  expect(fed.rows).toEqual([{ clocks: 1, early: 0, ordered: true }])
  expect((await findClock(bench.db, target.importId))?.ended).toBe(true)
  expect(await bench.count('feed', target)).toBe(0)
})

test('the clock of a compressed run stands still while the router is behind, and timers due before can fire', async () => {
  const text = Array.from(
    { length: 40 },
    (_, n) => `${n} 1 199701${String(1 + (n % 30)).padStart(2, '0')} 1 1`,
  )
  const target = await bench.start({ text: text.join('\n'), mode: 'compressed', secondsPerDay: 0.3 })
  const running = bench.run(target)
  await until(async () => {
    const held = await findClock(bench.db, target.importId)
    return held?.paused && held.fedUntil === held.virtualNow
  })
  const fed = (await bench.seen(target))?.eventsFed ?? 0
  await new Promise((resolve) => setTimeout(resolve, 800))
  expect((await bench.seen(target))?.eventsFed).toBe(fed)
  await routeEverything(target, running)
  expect(await bench.seen(target)).toMatchObject({ status: 'done', eventsFed: 40 })
}, 40_000)

test('a pause freezes the virtual clock and a resume loses no time', async () => {
  const text = Array.from({ length: 20 }, (_, n) => `${n} 1 199701${String(1 + n).padStart(2, '0')} 1 1`)
  const target = await bench.start({ text: text.join('\n'), mode: 'compressed', secondsPerDay: 0.3 })
  const first = bench.run(target)
  const routing = routeEverything(target, first)
  await until(async () => ((await bench.seen(target))?.eventsFed ?? 0) > 0)
  await moveImport(bench.db, target.workspaceId, target.importId, ['running'], { status: 'paused' })
  await pauseClock(bench.db, target.importId)
  expect(await first).toEqual({ next: 'wait' })
  await routing
  const before = await findClock(bench.db, target.importId)
  await new Promise((resolve) => setTimeout(resolve, 1_000))
  expect((await findClock(bench.db, target.importId))?.virtualNow).toBe(before?.virtualNow)
  await moveImport(bench.db, target.workspaceId, target.importId, ['paused'], { status: 'running' })
  const second = bench.run(target)
  await routeEverything(target, second)
  expect(await bench.seen(target)).toMatchObject({ status: 'done', eventsFed: 20 })
})

test('a run that is paused before it has let in what its clock had passed lets that in and nothing more', async () => {
  const target = await bench.start({ mode: 'compressed', secondsPerDay: 0.05 })
  const { workspaceId, importId } = target
  const events = Array.from({ length: 1_000 }, (_, line) => ({
    line,
    customerId: crypto.randomUUID(),
    name: 'order',
    properties: {},
    occurredAt: Date.UTC(1997, 0, 1 + line),
  }))
  await stageEvents(bench.db, workspaceId, importId, events)
  await startClock(bench.db, workspaceId, importId, 0.05)
  await new Promise((resolve) => setTimeout(resolve, 200))
  await pauseClock(bench.db, importId)
  const row = await moveImport(bench.db, workspaceId, importId, ['running'], { status: 'paused' })
  if (!row) throw new Error('The import was not running')
  const { db, pool } = bench
  await feedToNextStop({ db, pool, beat: () => {}, moveTest: async () => {} }, row)
  const clock = await findClock(bench.db, importId)
  expect(clock?.fedUntil).toBe(clock?.virtualNow)
  const passed = events.filter(({ occurredAt }) => occurredAt <= (clock?.virtualNow ?? 0)).length
  expect((await bench.seen(target))?.eventsFed).toBe(passed)
  expect(passed).toBeLessThan(1_000)
})
