import { freshNamespace } from '@tropa/worker/testing'
import { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDatabase, type TestDatabase, useTemporal } from '../../../tests/setup/use-services.ts'
import { mayDo, type Role, roles } from './access.ts'
import type { ApiEnv } from './context.ts'
import { allow, allowAnybody, assertGuarded, routeTable } from './guard.ts'
import { type Furnished, furnish, keyOf, type WorkspaceRoute, workspaceRoutesOf } from './testing/furnish.ts'
import { type Case, casesOf } from './testing/route-cases.ts'
import { type AppUnderTest, type Caller, caller, openApp, workspace } from './testing.ts'

let database: TestDatabase
let test: AppUnderTest
let furnished: Furnished
let shop: Furnished['shop']
let theirs: Awaited<ReturnType<typeof workspace>>
let routes: WorkspaceRoute[]
let cases: Record<string, Case>
/** A thing for every route that names one; it is still there after everything that is refused. */
const standing = new Map<string, string>()

const nowhere = '00000000-0000-4000-8000-000000000000'
const changes = ({ method, guard }: WorkspaceRoute) => method !== 'GET' && !guard.action.endsWith('.read')

/** Everything a workspace route could change, by the hash of each table. */
async function contents(): Promise<Record<string, string>> {
  const { rows: tables } = await test.deps.pool.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public'
     and tablename not in ('session', 'rate_limit', 'verification') order by 1`,
  )
  const counted = tables.map(
    ({ name }) =>
      `select '${name}' as t, md5(coalesce(string_agg(x::text, '|' order by x::text), '')) as h from "${name}" x`,
  )
  const { rows } = await test.deps.pool.query<{ t: string; h: string }>(counted.join(' union all '))
  return Object.fromEntries(rows.map(({ t, h }) => [t, h]))
}

async function auditRows(): Promise<number> {
  const { rows } = await test.deps.pool.query<{ n: number }>(
    'select count(*)::int as n from audit where workspace_id = $1',
    [shop.id],
  )
  return rows[0]?.n ?? 0
}

beforeAll(async () => {
  database = await createDatabase()
  const temporal = await freshNamespace(await useTemporal())
  test = await openApp(database.url, { temporal })
  furnished = await furnish(test, database.url, temporal)
  shop = furnished.shop
  theirs = await workspace(test)
  routes = workspaceRoutesOf(test.app)
  cases = casesOf(furnished)
  for (const route of routes) {
    const { id } = cases[keyOf(route)] ?? {}
    if (id) standing.set(keyOf(route), await id())
  }
}, 180_000)

afterAll(async () => {
  await furnished?.stop()
  await test?.stop()
  await database?.drop()
})

/** Calls a route as somebody, in a workspace, about a thing. */
async function call(who: Caller, route: WorkspaceRoute, workspaceId: string, id?: string) {
  const { body, headers } = cases[keyOf(route)] ?? {}
  const about = id ?? standing.get(keyOf(route)) ?? nowhere
  const path = route.path
    .replace(':ws', workspaceId)
    .replace(/:userId|:id/, about)
    .replace(':number', '1')
  return who.call(route.method, path, typeof body === 'function' ? body() : body, headers)
}

describe('every workspace route', () => {
  it('has an action and a case with real things', () => {
    expect(routes.length).toBeGreaterThan(50)
    expect(routes.every(({ guard }) => 'action' in guard)).toBe(true)
    expect(Object.keys(cases).sort()).toEqual(routes.map(keyOf).sort())
    const nameless = routes.filter((route) => /:userId|:id/.test(route.path) && !standing.get(keyOf(route)))
    expect(nameless).toEqual([])
  })

  it('asks nobody to sign in first', async () => {
    const untouched = await contents()
    for (const route of routes) {
      const answer = await call(caller(test.app, ''), route, shop.id)
      expect([keyOf(route), answer.status, answer.body.code]).toEqual([keyOf(route), 401, 'not_signed_in'])
    }
    expect(await contents()).toEqual(untouched)
  })

  it('tells another workspace’s owner the same as about a workspace that does not exist', async () => {
    const untouched = await contents()
    for (const route of routes) {
      for (const id of [shop.id, nowhere]) {
        const answer = await call(theirs.members.owner, route, id)
        expect([keyOf(route), answer.status, answer.body.code]).toEqual([keyOf(route), 403, 'not_a_member'])
      }
    }
    expect(await contents()).toEqual(untouched)
  })

  it('does not know another workspace’s things, whatever the route', async () => {
    const untouched = await contents()
    for (const route of routes.filter(({ path }) => /:userId|:id/.test(path))) {
      const answer = await call(theirs.members.owner, route, theirs.id)
      expect([keyOf(route), answer.status, answer.body.code]).toEqual([keyOf(route), 404, 'not_found'])
    }
    expect(await contents()).toEqual(untouched)
  })

  it('finds nothing of another workspace by an id in a query or a body', async () => {
    const at = (path: string) => theirs.at(path)
    const { call: ask } = theirs.members.owner
    const journey = standing.get('GET /journeys/:id/counts')
    const customer = standing.get('GET /customers/:id')
    for (const filter of [`journey=${journey}`, `customer=${customer}`])
      expect((await ask('GET', at(`/enrollments?${filter}`))).body.items).toEqual([])
    const preview = {
      subject: 'Hi',
      format: 'html',
      body: '<p>{{ customer.city }}</p>',
      customerId: customer,
    }
    expect((await ask('POST', at('/templates/preview'), preview)).status).toBe(404)
  })

  it.each(roles.filter((role) => role !== 'owner'))(
    'refuses %s exactly what the table does not give',
    async (role: Role) => {
      const untouched = await contents()
      for (const route of routes.filter(({ guard }) => !mayDo(role, guard.action))) {
        const answer = await call(shop.members[role], route, shop.id)
        expect([keyOf(route), answer.status, answer.body.code]).toEqual([keyOf(route), 403, 'not_allowed'])
      }
      expect(await contents()).toEqual(untouched)
    },
  )

  it.each(roles)(
    'lets %s do what the table gives, and writes one audit row for each change',
    async (role: Role) => {
      for (const route of routes.filter(({ guard }) => mayDo(role, guard.action))) {
        const id = await cases[keyOf(route)]?.id?.()
        const before = await auditRows()
        const answer = await call(shop.members[role], route, shop.id, id)
        const said = answer.status < 300 ? 'done' : [answer.status, answer.body]
        const expected = [keyOf(route), 'done', changes(route) ? 1 : 0]
        expect([keyOf(route), said, (await auditRows()) - before]).toEqual(expected)
      }
    },
    60_000,
  )

  it('changes nothing when its audit row cannot be written', async () => {
    const able = routes.filter((route) => changes(route) && !cases[keyOf(route)]?.leaves)
    const ids = new Map<string, string | undefined>()
    for (const route of able) ids.set(keyOf(route), await cases[keyOf(route)]?.id?.())
    const { pool } = test.deps
    await pool.query('alter table audit add constraint full_disk check (false) not valid')
    try {
      const untouched = await contents()
      for (const route of able) {
        const answer = await call(shop.members.owner, route, shop.id, ids.get(keyOf(route)))
        expect([keyOf(route), answer.status]).toEqual([keyOf(route), 500])
        const now = await contents()
        const changed = Object.keys(now).filter((table) => now[table] !== untouched[table])
        expect([keyOf(route), changed]).toEqual([keyOf(route), []])
      }
    } finally {
      await pool.query('alter table audit drop constraint full_disk')
    }
  }, 60_000)

  it('answers 415 to a body of another type when it takes one', async () => {
    const headers = { 'content-type': 'text/plain' }
    for (const route of routes.filter((one) => cases[keyOf(one)]?.body)) {
      const path = route.path
        .replace(':ws', shop.id)
        .replace(/:userId|:id/, standing.get(keyOf(route)) ?? nowhere)
      const answer = await shop.members.owner.call(route.method, path.replace(':number', '1'), 'x', headers)
      const bodiless = Object.keys((cases[keyOf(route)]?.body ?? {}) as object).length === 0
      if (!bodiless) expect([keyOf(route), answer.status]).toEqual([keyOf(route), 415])
    }
  })
})

describe('the doors outside workspaces', () => {
  it('are open to anybody only where nobody can be signed in yet', () => {
    const doors = routeTable(test.app).filter(({ guard }) => guard && 'door' in guard)
    const open = doors.filter(({ guard }) => guard && 'door' in guard && guard.door === 'open')
    expect(open.map(({ method, path }) => `${method} ${path}`).sort()).toEqual([
      'GET /api/invitations/:id',
      'GET /api/setup',
      'POST /api/invitations/:id/accept',
      'POST /api/setup',
    ])
    expect(doors.length - open.length).toBe(4)
  })

  it('ask for a session where they need one', async () => {
    const nobody = caller(test.app, '')
    for (const [method, path] of [
      ['GET', '/api/me'],
      ['POST', '/api/workspaces'],
    ] as const)
      expect((await nobody.call(method, path, method === 'GET' ? undefined : {})).status).toBe(401)
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
