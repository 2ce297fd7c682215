import { engineCalls } from '@tropa/db/engine-calls'
import pg from 'pg'
import { afterAll, expect, it } from 'vitest'
import { entryToExit } from '../testing/graph.ts'
import { withApp } from '../testing/with-app.ts'
import { type AppUnderTest, workspace } from '../testing.ts'

let test: AppUnderTest
let listener: pg.Client
let calls = 0

withApp(async (opened, databaseUrl) => {
  test = opened
  listener = new pg.Client({ connectionString: databaseUrl })
  await listener.connect()
  await listener.query(`listen ${engineCalls}`)
  listener.on('notification', () => {
    calls += 1
  })
})

afterAll(() => listener.end())

it('the engine is called when a paused journey goes on or is put away, and only then', async () => {
  const { members, at } = await workspace(test)
  const ask = async (path: string, body: unknown) => {
    const answer = await members.owner.call('POST', at(path), body)
    expect([path, answer.status < 300]).toEqual([path, true])
    await listener.query('select 1')
    return answer
  }
  const { id } = (await ask('/journeys', { name: 'Win-back', graph: entryToExit('order') })).body
  const heard: Record<string, number> = {}
  for (const step of ['publish', 'pause', 'resume', 'pause', 'archive']) {
    calls = 0
    await ask(`/journeys/${id}/${step}`, step === 'publish' ? { revision: 1 } : {})
    heard[step] = calls
  }
  expect(heard).toEqual({ publish: 0, pause: 0, resume: 1, archive: 1 })
})
