import { randomUUID } from 'node:crypto'
import { engineSeen } from '@tropa/db/engines'
import { afterAll, expect, test, vi } from 'vitest'
import { withApp } from '../testing/with-app.ts'
import { type AppUnderTest, caller, person } from '../testing.ts'

let api: AppUnderTest

withApp((opened) => {
  api = opened
})
afterAll(() => {
  vi.restoreAllMocks()
})

test('whoever is signed in hears when journeys stand still, and when they move again', async () => {
  vi.spyOn(process, 'uptime').mockReturnValue(1_000)
  expect((await caller(api.app, '').call('GET', '/api/engine')).status).toBe(401)
  const anna = await person(api, 'anna')
  const ask = async () => (await anna.call('GET', '/api/engine')).body
  expect(await ask()).toEqual({ away: 'engine', since: null })
  const [id, { pool }] = [randomUUID(), api.deps]
  await engineSeen(pool, id, true)
  expect(await ask()).toEqual({ away: null, since: null })
  await pool.query(`update engines set worked_at = now() - interval '1 minute'`)
  await engineSeen(pool, id, false)
  expect(await ask()).toEqual({ away: 'temporal', since: expect.stringMatching(/Z$/) })
  await pool.query(`update engines set seen_at = now() - interval '1 minute'`)
  expect((await ask()).away).toBe('engine')
  await engineSeen(pool, id, true)
  expect((await ask()).away).toBeNull()
})
