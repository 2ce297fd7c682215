import { afterAll, beforeAll, expect, expectTypeOf, it } from 'vitest'
import { createDatabase, type TestDatabase } from '../../../tests/setup/use-services.ts'
import { createClient } from './client.ts'
import { type AppUnderTest, baseUrl, openApp } from './testing.ts'

let database: TestDatabase
let test: AppUnderTest

beforeAll(async () => {
  database = await createDatabase()
  test = await openApp(database.url)
})

afterAll(async () => {
  await test.stop()
  await database.drop()
})

it('knows the shapes of answers and reaches the real routes', async () => {
  const client = createClient(baseUrl)
  expect(client.api.setup.$url().href).toBe(`${baseUrl}/api/setup`)
  const journeys = client.api.w[':ws'].journeys
  type Listed = Awaited<ReturnType<Awaited<ReturnType<typeof journeys.$get>>['json']>>
  expectTypeOf<Listed['items'][number]['liveVersion']>().toEqualTypeOf<number | null>()
  const answer = await test.app.request(journeys.$url({ param: { ws: 'x' }, query: {} }).href)
  expect(answer.status).toBe(401)
})
