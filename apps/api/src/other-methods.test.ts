import { expect, test } from 'vitest'
import { createApp } from './app.ts'
import { withApp } from './testing/with-app.ts'
import type { AppUnderTest } from './testing.ts'

let api: AppUnderTest

withApp((opened) => {
  api = opened
})

test.each([
  ['GET', '/v1/track', 'POST'],
  ['PUT', '/v1/batch', 'POST'],
  ['DELETE', '/api/me', 'GET'],
  ['GET', '/api/w/some/imports/1/start', 'POST'],
  ['PUT', '/api/w/some/imports/1', 'GET, PATCH'],
])('%s %s is answered with 405 and what is allowed', async (method, path, allow) => {
  const answer = await api.app.request(path, { method })
  expect([answer.status, answer.headers.get('allow')]).toEqual([405, allow])
  expect(await answer.json()).toMatchObject({
    code: 'method_not_allowed',
    detail: { en: expect.stringContaining(method), ru: expect.stringContaining(method) },
  })
})

test('an address without any route does not exist, whatever the method', async () => {
  for (const method of ['GET', 'POST', 'DELETE']) {
    const answer = await api.app.request('/v1/nothing', { method })
    expect([answer.status, answer.headers.get('allow')]).toEqual([404, null])
  }
})

test('the same holds where the web is served beside', async () => {
  const installation = { ...api.deps.installation, webRoot: '.' }
  const answer = await createApp({ ...api.deps, installation }).request('/v1/track')
  expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST'])
})
