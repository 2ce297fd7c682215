import { expect, expectTypeOf, it } from 'vitest'
import { createClient } from './client.ts'
import { withApp } from './testing/with-app.ts'
import { type AppUnderTest, baseUrl } from './testing.ts'

let test: AppUnderTest

withApp((opened) => {
  test = opened
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
