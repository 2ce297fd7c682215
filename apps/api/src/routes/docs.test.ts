import { lateWindowDays } from '@tropa/db/late-window'
import { expect, test } from 'vitest'
import { withApp } from '../testing/with-app.ts'
import { type AppUnderTest, workspace } from '../testing.ts'

let api: AppUnderTest
let key: string

withApp(async (opened) => {
  api = opened
  const { members, at } = await workspace(api)
  key = (await members.owner.call('POST', at('/keys'), { kind: 'secret', name: 'docs' })).body.key
})

interface Content {
  [type: string]: { example?: object }
}
interface Described {
  paths: Record<
    string,
    { post: { requestBody: { content: Content }; responses: Record<string, { content: Content }> } }
  >
}

const describe = async () => (await (await api.app.request('/openapi.json')).json()) as Described

test('every example of a request in the reference is taken as it stands', async () => {
  const { paths } = await describe()
  expect(Object.keys(paths)).toHaveLength(8)
  for (const [path, { post }] of Object.entries(paths)) {
    const body = JSON.stringify(post.requestBody.content['application/json']?.example)
    expect(body.length, path).toBeLessThan(400)
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
    const answer = await api.app.request(path, { method: 'POST', headers, body })
    expect([path, answer.status]).toEqual([path, 202])
    expect(JSON.stringify(await answer.json())).not.toMatch(/conflict|rejected|duplicate/)
  }
})

test('every answer in the reference has an example of its own', async () => {
  for (const [path, { post }] of Object.entries((await describe()).paths))
    for (const [status, { content }] of Object.entries(post.responses)) {
      const [shown] = Object.values(content)
      expect(shown?.example, `${path} ${status}`).toBeDefined()
      if (Number(status) >= 400 && 'application/problem+json' in content)
        expect(shown?.example, path).toMatchObject({
          status: Number(status),
          detail: { ru: expect.any(String) },
        })
    }
})

test('it says after how many days an event starts nothing', async () => {
  expect(JSON.stringify(await describe())).toContain(`More than ${lateWindowDays} days ago: stored`)
})
