import { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDatabase, type TestDatabase } from '../../../tests/setup/use-services.ts'
import { type Action, mayDo, type Role, roles } from './access.ts'
import type { ApiEnv } from './context.ts'
import { allow, allowAnybody, assertGuarded, type GuardedRoute, routeTable } from './guard.ts'
import { type AppUnderTest, type Caller, caller, openApp, workspace } from './testing.ts'

let database: TestDatabase
let test: AppUnderTest
let shop: Awaited<ReturnType<typeof workspace>>
let stranger: Caller
let routes: (GuardedRoute & { guard: { action: Action } })[]
let untouched: unknown

const nobodysId = '00000000-0000-4000-8000-000000000000'

/** Everything a route could change, except what calls are expected to leave behind. */
async function contents(): Promise<unknown> {
  const tables = [
    'journeys',
    'versions',
    'customers',
    'consents',
    'templates',
    'connections',
    'api_keys',
    'member',
    'invitation',
    'workspace_settings',
    'audit',
    'requests',
    'imports',
  ]
  const counted = tables.map(
    (table) =>
      `select '${table}' as t, md5(coalesce(string_agg(x::text, '|' order by x::text), '')) as h from ${table} x`,
  )
  return (await test.deps.pool.query(counted.join(' union all '))).rows
}

beforeAll(async () => {
  database = await createDatabase()
  test = await openApp(database.url)
  shop = await workspace(test, roles)
  stranger = (await workspace(test)).members.owner
  routes = routeTable(test.app).filter((route): route is (typeof routes)[number] =>
    route.path.startsWith('/api/w/'),
  )
  untouched = await contents()
})

afterAll(async () => {
  await test.stop()
  await database.drop()
})

function pathOf({ path }: GuardedRoute, workspaceId: string): string {
  return path
    .replace(':ws', workspaceId)
    .replace(':userId', nobodysId)
    .replace(':id', nobodysId)
    .replace(':number', '1')
}

const bodyOf = ({ method }: GuardedRoute) => (method === 'GET' || method === 'DELETE' ? undefined : {})

describe('every workspace route', () => {
  it('is there: the table is not empty and has no route without an action', () => {
    expect(routes.length).toBeGreaterThan(50)
    expect(routes.every(({ guard }) => 'action' in guard)).toBe(true)
  })

  it('asks nobody to sign in first', async () => {
    const nobody = caller(test.app, '')
    for (const route of routes) {
      const answer = await nobody.call(route.method, pathOf(route, shop.id), bodyOf(route))
      expect([route.method, route.path, answer.status, answer.body.code]).toEqual([
        route.method,
        route.path,
        401,
        'not_signed_in',
      ])
    }
    expect(await contents()).toEqual(untouched)
  })

  it('tells another workspace’s owner the same as about a workspace that does not exist', async () => {
    for (const route of routes) {
      for (const id of [shop.id, nobodysId]) {
        const answer = await stranger.call(route.method, pathOf(route, id), bodyOf(route))
        expect([route.method, route.path, answer.status, answer.body.code]).toEqual([
          route.method,
          route.path,
          403,
          'not_a_member',
        ])
      }
    }
    expect(await contents()).toEqual(untouched)
  })

  it.each(roles.filter((role) => role !== 'owner'))(
    'refuses %s exactly what the table does not give',
    async (role: Role) => {
      for (const route of routes.filter(({ guard }) => !mayDo(role, guard.action))) {
        const answer = await shop.members[role].call(route.method, pathOf(route, shop.id), bodyOf(route))
        expect([route.method, route.path, answer.status, answer.body.code]).toEqual([
          route.method,
          route.path,
          403,
          'not_allowed',
        ])
      }
      expect(await contents()).toEqual(untouched)
    },
  )

  it.each(roles)('lets %s do what the table gives', async (role: Role) => {
    for (const route of routes.filter(({ guard }) => mayDo(role, guard.action))) {
      const answer = await shop.members[role].call(route.method, pathOf(route, shop.id), bodyOf(route))
      expect([route.method, route.path, answer.status < 500 && ![401, 403].includes(answer.status)]).toEqual([
        route.method,
        route.path,
        true,
      ])
    }
  })

  it('answers 415 to a body of another type when it takes one', async () => {
    const headers = { 'content-type': 'text/plain' }
    const takers = [
      'POST /api/w/:ws/journeys',
      'PUT /api/w/:ws/journeys/:id/draft',
      'POST /api/w/:ws/keys',
      'PATCH /api/w/:ws/settings',
    ]
    for (const route of routes.filter(({ method, path }) => takers.includes(`${method} ${path}`))) {
      const answer = await shop.members.owner.call(route.method, pathOf(route, shop.id), 'name=x', headers)
      expect(answer.status).toBe(415)
    }
  })
})

describe('an app with a careless route does not start', () => {
  it('when the route names no guard', () => {
    const careless = new Hono<ApiEnv>().get('/api/w/:ws/secrets', (c) => c.text('all of them'))
    expect(() => assertGuarded(careless)).toThrow('GET /api/w/:ws/secrets')
  })

  it('when a workspace route is open to anybody', () => {
    const careless = new Hono<ApiEnv>().get('/api/w/:ws/secrets', allowAnybody(), (c) =>
      c.text('all of them'),
    )
    expect(() => assertGuarded(careless)).toThrow('GET /api/w/:ws/secrets')
    const careful = new Hono<ApiEnv>().get('/api/w/:ws/secrets', allow('keys.read'), (c) =>
      c.text('for managers'),
    )
    expect(() => assertGuarded(careful)).not.toThrow()
  })
})

describe('another workspace’s things', () => {
  it('are not found under one’s own workspace', async () => {
    const graph = { nodes: [], edges: [] }
    const made = await shop.members.owner.call('POST', shop.at('/journeys'), { name: 'Ours', graph })
    const theirs = await workspace(test)
    const call = theirs.members.owner.call
    for (const [method, path, body] of [
      ['GET', `/journeys/${made.body.id}`, undefined],
      ['PUT', `/journeys/${made.body.id}/draft`, { revision: 1, graph }],
      ['PATCH', `/journeys/${made.body.id}`, { name: 'Theirs' }],
      ['POST', `/journeys/${made.body.id}/publish`, { revision: 1 }],
      ['POST', `/journeys/${made.body.id}/duplicate`, {}],
      ['POST', `/journeys/${made.body.id}/archive`, {}],
    ] as const) {
      expect([path, (await call(method, theirs.at(path), body)).status]).toEqual([path, 404])
    }
    expect((await shop.members.owner.call('GET', shop.at(`/journeys/${made.body.id}`))).body.name).toBe(
      'Ours',
    )
  })
})
