import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { openDatabase } from '@tropa/db'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDatabase, type TestDatabase } from '../../../tests/setup/use-services.ts'
import { createApp } from './app.ts'
import { openAuth } from './auth.ts'
import { type AppUnderTest, caller, openApp, person, signIn, workspace } from './testing.ts'

let database: TestDatabase
let test: AppUnderTest
const logged: string[] = []

beforeAll(async () => {
  database = await createDatabase()
  const sink = new Writable({
    write(chunk, _encoding, done) {
      logged.push(String(chunk))
      done()
    },
  })
  test = await openApp(database.url, { log: pino({ level: 'debug' }, sink) })
})

afterAll(async () => {
  await test.stop()
  await database.drop()
})

describe('the description of the event API', () => {
  it('names every way in', async () => {
    const { body } = await caller(test.app, '').call('GET', '/openapi.json')
    expect(Object.keys(body.paths)).toEqual(
      expect.arrayContaining([
        '/v1/track',
        '/v1/identify',
        '/v1/alias',
        '/v1/page',
        '/v1/batch',
        '/v1/import',
      ]),
    )
  })

  it('is shown by a page that loads nothing from elsewhere', async () => {
    const page = await test.app.request('/docs')
    const html = await page.text()
    const wanted = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address as string)
    expect(wanted.length).toBe(8)
    for (const address of wanted) {
      expect(address).toMatch(/^\/(docs\/|fonts\/|$)/)
      if (address === '/') continue
      expect((await test.app.request(address)).status).toBe(200)
    }
    expect(page.headers.get('content-security-policy')).toContain("default-src 'self'")
    expect((await test.app.request('/docs/package.json')).status).toBe(404)
  })
})

describe('the page around the description', () => {
  it('speaks the reader’s language, leads back to the product and follows its theme', async () => {
    const page = async (language: string) =>
      (await test.app.request('/docs', { headers: { 'accept-language': language } })).text()
    const russian = await page('ru')
    expect(russian).toContain('<html lang="ru">')
    expect(russian).toContain('Вернуться в Тропу')
    expect(await page('en')).toContain('<html lang="en">')
    expect(russian).toMatch(/<a href="\/">/)
    const look = await (await test.app.request('/docs/look.js')).text()
    expect(look).toContain(`'tropa.theme'`)
    expect(look).toContain(`'tropa.language'`)
  })
})

describe('health', () => {
  it('is ready with a database, and not while stopping', async () => {
    expect((await test.app.request('/healthz')).status).toBe(200)
    expect((await test.app.request('/readyz')).status).toBe(200)
    const stopping = createApp({ ...test.deps, draining: () => true })
    const answer = await stopping.request('/readyz')
    expect([answer.status, await answer.json()]).toEqual([503, { ok: false, reason: 'draining' }])
  })

  it('is not ready without a database, and requests say so instead of failing', async () => {
    const away = openDatabase('postgres://nobody@127.0.0.1:1/none')
    const { installation } = test.deps
    const auth = openAuth({ ...installation, db: away.db, rateLimit: false })
    const app = createApp({ ...test.deps, db: away.db, pool: away.pool, auth })
    expect((await app.request('/readyz')).status).toBe(503)
    const anna = await person(test, 'anna')
    const me = (await anna.call('GET', '/api/me')).body.user
    const cookie = await signIn(test.app, me.email)
    for (const path of ['/api/setup', '/api/me', '/api/w/any/journeys']) {
      const answer = await caller(app, anna.userId, cookie).call('GET', path)
      expect([path, answer.status, answer.body.code]).toEqual([path, 503, 'unavailable'])
      expect(answer.headers.get('retry-after')).toBe('2')
    }
    await away.close()
  })
})

describe('the built web', () => {
  const root = mkdtempSync(join(tmpdir(), 'tropa-web-'))
  mkdirSync(join(root, 'assets'))
  writeFileSync(join(root, 'index.html'), '<!doctype html><title>Tropa</title>')
  writeFileSync(join(root, 'assets', 'app-abc.js'), 'export {}')
  writeFileSync(join(root, '.built-from'), 'stamp')
  afterAll(() => rmSync(root, { recursive: true }))
  const withWeb = () =>
    createApp({ ...test.deps, installation: { ...test.deps.installation, webRoot: root } })

  it('answers its page for any of its addresses, never kept by the browser unasked', async () => {
    for (const path of ['/', '/journeys/abc', '/sign-in', '/.built-from']) {
      const answer = await withWeb().request(path)
      expect([path, answer.status, await answer.text()]).toEqual([
        path,
        200,
        '<!doctype html><title>Tropa</title>',
      ])
      expect(answer.headers.get('cache-control')).toBe('no-cache')
    }
  })

  it('lets browsers keep hashed files for a year, and answers 404 for those that are not there', async () => {
    const asset = await withWeb().request('/assets/app-abc.js')
    expect(asset.headers.get('cache-control')).toContain('immutable')
    expect(asset.headers.get('content-type')).toContain('javascript')
    const gone = await withWeb().request('/assets/app-old.js')
    expect([gone.status, gone.headers.get('cache-control')]).toEqual([404, 'no-store'])
  })

  it('never stands in for an address of the API', async () => {
    for (const path of ['/api/nothing', '/v1/nothing', '/auth/nothing', '/docs/nothing']) {
      const answer = await withWeb().request(path)
      expect([path, answer.status, answer.headers.get('content-type')]).toEqual([
        path,
        404,
        'application/problem+json; charset=utf-8',
      ])
    }
  })
})

describe('answers', () => {
  it('carry the headers that keep browsers safe', async () => {
    const { headers } = await test.app.request('/api/setup')
    expect(Object.fromEntries(headers)).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
      'cache-control': 'no-store',
      'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
    })
  })

  it('refuse a body that is too large', async () => {
    const shop = await workspace(test)
    const answer = await shop.members.owner.call('POST', shop.at('/journeys'), {
      name: 'x'.repeat(2_000_001),
    })
    expect([answer.status, answer.body.code]).toEqual([413, 'body_too_large'])
  })

  it('to a bug tell a request id and nothing of the bug', async () => {
    const broken = createApp({ ...test.deps, db: undefined as never })
    const answer = await caller(broken, '').call('GET', '/api/setup')
    expect(answer.body).toMatchObject({ status: 500, code: 'internal_error', requestId: expect.any(String) })
    expect(JSON.stringify(answer.body)).not.toMatch(/undefined|TypeError/)
  })
})

it('the log holds ids and codes, and nothing of what was sent or who sent it', async () => {
  const shop = await workspace(test)
  await shop.members.owner.call('POST', shop.at('/customers'), {
    identifiers: [{ type: 'email', value: 'canary@example.test' }],
    attributes: { first_name: 'Canaria' },
  })
  await shop.members.owner.call('GET', shop.at('/customers?search=canary'))
  await shop.members.owner.call('POST', shop.at('/customers'), {
    identifiers: [{ type: 'email', value: 'canary' }],
  })
  const broken = createApp({ ...test.deps, db: undefined as never })
  await caller(broken, '').call('GET', `/api/invitations/canary?secret=canary`)
  const log = logged.join('')
  expect(log).toContain('/api/w/:ws/customers')
  expect(log).toContain(shop.id)
  expect(log).not.toMatch(/canar/i)
})
