import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { withApp } from '../testing/with-app.ts'
import { type AppUnderTest, baseUrl, workspace } from '../testing.ts'

let test: AppUnderTest
let shop: Awaited<ReturnType<typeof workspace>>

withApp(async (opened) => {
  test = opened
  shop = await workspace(test)
})

const site = 'https://shop.example.com'

const make = (body: object) =>
  shop.members.owner.call('POST', shop.at('/keys'), { kind: 'write', name: 'site', ...body })

/** Sends an event as a page of `origin` does, or as a server when there is none. */
async function send(key: string, origin?: string) {
  const messageId = randomUUID()
  const answer = await test.app.request(`${baseUrl}/v1/track`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      ...(origin === undefined ? {} : { origin }),
    },
    body: JSON.stringify({ event: 'view', anonymousId: 'visitor', messageId }),
  })
  const { rows } = await test.deps.pool.query('select 1 from events where message_id = $1', [messageId])
  const { code } = (await answer.json()) as { code?: string }
  return {
    status: answer.status,
    code,
    stored: rows.length,
    readableBy: answer.headers.get('access-control-allow-origin'),
  }
}

describe('a write key without sites', () => {
  it('may be used by any page', async () => {
    const { body } = await make({})
    expect(body.origins).toEqual([])
    expect(await send(body.key, site)).toMatchObject({ status: 202, stored: 1, readableBy: '*' })
  })
})

describe('a write key with sites', () => {
  it('may be used by their pages and by programs, and no other page’s events are stored', async () => {
    const { body } = await make({ origins: [`${site}/cart?a=1`, 'HTTP://LOCALHOST:3000', site] })
    expect(body.origins).toEqual([site, 'http://localhost:3000'])
    expect(await send(body.key, site)).toMatchObject({ status: 202, stored: 1, readableBy: site })
    expect(await send(body.key)).toMatchObject({ status: 202, stored: 1 })
    for (const other of ['https://evil.example', 'http://shop.example.com', `${site}:8443`, 'null'])
      expect([other, await send(body.key, other)]).toEqual([
        other,
        { status: 403, code: 'origin_not_allowed', stored: 0, readableBy: null },
      ])
  })

  it('tells caches that the answer is for one page only', async () => {
    const { body } = await make({ origins: [site] })
    const answer = await test.app.request(`${baseUrl}/v1/track`, {
      method: 'POST',
      headers: { authorization: `Bearer ${body.key}`, 'content-type': 'application/json', origin: site },
      body: JSON.stringify({ event: 'view', anonymousId: 'visitor' }),
    })
    expect(answer.headers.get('vary')).toContain('Origin')
  })

  it('gets others within a second, and none for any page again', async () => {
    const { body } = await make({ origins: [site] })
    const set = (origins: string[]) =>
      shop.members.owner.call('PATCH', shop.at(`/keys/${body.id}`), { origins })
    expect((await send(body.key, 'https://new.example.com')).status).toBe(403)
    expect((await set(['https://new.example.com'])).body.origins).toEqual(['https://new.example.com'])
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    expect((await send(body.key, 'https://new.example.com')).status).toBe(202)
    expect((await send(body.key, site)).status).toBe(403)
    await set([])
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    expect(await send(body.key, site)).toMatchObject({ status: 202, readableBy: '*' })
    const listed = (await shop.members.owner.call('GET', shop.at('/keys'))).body.items
    expect(listed.find(({ id }: { id: string }) => id === body.id)?.origins).toEqual([])
  })

  it.each([
    'shop',
    'shop.example.com',
    'ftp://shop.example.com',
    'https://*.example.com',
    'javascript:alert(1)',
    '',
  ])('does not take “%s” for a site', async (wrong) => {
    const answer = await make({ origins: [wrong] })
    expect([answer.status, answer.body.code]).toEqual([422, 'body_wrong'])
    expect(answer.body.issues).toMatchObject([{ path: 'origins.0' }])
  })
})

describe('a secret key', () => {
  it('is for servers: it has no sites, and a page that sends it is told so', async () => {
    expect((await make({ kind: 'secret', origins: [site] })).status).toBe(422)
    const { body } = await make({ kind: 'secret' })
    expect(await send(body.key, site)).toMatchObject({ status: 403, code: 'key_exposed', stored: 0 })
    expect((await send(body.key)).status).toBe(202)
    const set = await shop.members.owner.call('PATCH', shop.at(`/keys/${body.id}`), { origins: [site] })
    expect([set.status, set.body.code]).toEqual([404, 'not_found'])
  })
})
