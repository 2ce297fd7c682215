import type { OpenDatabase } from '@tropa/db'
import { lookAtEngines } from '@tropa/db/engines'
import { pino } from 'pino'
import { expect, it, onTestFinished } from 'vitest'
import { Pulse } from './pulse.ts'
import { until } from './testing/index.ts'
import { withDatabase } from './testing/with-database.ts'

const log = pino({ level: 'silent' })
let open: OpenDatabase
let databaseUrl: string

withDatabase((opened, url) => {
  open = opened
  databaseUrl = url
})

it('tells that an engine lives, whether it works, and since when it is gone', async () => {
  expect(await lookAtEngines(open.db, 1)).toEqual({
    lives: false,
    works: false,
    seenAt: null,
    workedAt: null,
  })
  let works = false
  const pulse = new Pulse(databaseUrl, () => works, log, 20)
  pulse.start()
  await until(async () => (await lookAtEngines(open.db, 1)).lives)
  expect(await lookAtEngines(open.db, 1)).toMatchObject({ works: false, workedAt: null })
  works = true
  await until(async () => (await lookAtEngines(open.db, 1)).works)
  works = false
  const idle = await until(async () => {
    const seen = await lookAtEngines(open.db, 0.3)
    return seen.lives && !seen.works && seen
  })
  expect(idle.workedAt).toMatch(/^20\d\d-.*Z$/)
  await pulse.stop()
  await until(async () => !(await lookAtEngines(open.db, 0.3)).lives)
  expect((await lookAtEngines(open.db, 0.3)).seenAt).toMatch(/^20\d\d-.*Z$/)
})

it('goes on by itself after the database was away', async () => {
  const pulse = new Pulse(databaseUrl, () => true, log, 20)
  onTestFinished(() => pulse.stop())
  pulse.start()
  await until(async () => (await lookAtEngines(open.db, 1)).works)
  await open.db.execute('alter table engines rename to engines_away')
  await new Promise((resolve) => setTimeout(resolve, 100))
  await open.db.execute('alter table engines_away rename to engines')
  await open.db.execute('truncate engines')
  await until(async () => (await lookAtEngines(open.db, 1)).works)
})
