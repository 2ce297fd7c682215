import { roleOf } from '@tropa/db/members'
import type { Context, Hono, MiddlewareHandler } from 'hono'
import { createMiddleware } from 'hono/factory'
import { type Action, access, isRole, mayDo } from './access.ts'
import type { ApiEnv } from './context.ts'
import { Failure } from './errors.ts'

/** Who may call a route: an action of the access table, anybody who is signed in, or anybody. */
export type Guard = { action: Action } | { door: 'signed_in' | 'open' }

const guards = new WeakMap<object, Guard>()

function guarded<H extends MiddlewareHandler<ApiEnv>>(guard: Guard, handler: H): H {
  guards.set(handler, guard)
  return handler
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const safeMethods = new Set(['GET', 'HEAD'])

/** Lets in members of the workspace in the path whose role may do the action. */
export function allow(action: Action) {
  return guarded(
    { action },
    createMiddleware<ApiEnv>(async (c, next) => {
      checkOrigin(c)
      const user = await signedIn(c)
      const workspaceId = c.req.param('ws') ?? ''
      const role = await roleOf(c.var.deps.db, workspaceId, user.id)
      if (role === null || !isRole(role)) throw new Failure('not_a_member')
      if (!mayDo(role, action)) throw new Failure('not_allowed', { action, roles: access[action] })
      const id = c.req.param('id')
      if (id !== undefined && !uuid.test(id)) throw new Failure('not_found')
      c.set('workspaceId', workspaceId)
      c.set('role', role)
      c.set('action', action)
      await next()
      assertRecorded(c, action)
    }),
  )
}

/** Lets in anybody who is signed in, whatever their workspaces. */
export function allowSignedIn() {
  return guarded(
    { door: 'signed_in' },
    createMiddleware<ApiEnv>(async (c, next) => {
      checkOrigin(c)
      await signedIn(c)
      await next()
    }),
  )
}

/** Lets in anybody: for doors that must work before somebody is signed in. */
export function allowAnybody() {
  return guarded(
    { door: 'open' },
    createMiddleware<ApiEnv>(async (c, next) => {
      checkOrigin(c)
      await next()
    }),
  )
}

/** A cookie request that changes something must come from our own pages. */
function checkOrigin(c: Context<ApiEnv>): void {
  if (safeMethods.has(c.req.method)) return
  const origin = c.req.header('origin')
  const site = c.req.header('sec-fetch-site')
  const ours = origin ? c.var.deps.installation.origins.includes(origin) : !site || site === 'same-origin'
  if (!ours) throw new Failure('wrong_origin')
}

async function signedIn(c: Context<ApiEnv>): Promise<ApiEnv['Variables']['user']> {
  const found = await c.var.deps.auth.api.getSession({ headers: c.req.raw.headers })
  if (!found) throw new Failure('not_signed_in')
  const { id, name, email } = found.user
  c.set('user', { id, name, email })
  return { id, name, email }
}

/** A change without its audit row is a mistake of ours: the caller hears of it, and so does every test of the route. */
function assertRecorded(c: Context<ApiEnv>, action: Action): void {
  const changed = !safeMethods.has(c.req.method) && !action.endsWith('.read') && c.res.status < 400
  if (changed && !c.var.recorded)
    throw new Error(`${c.req.method} ${c.req.path} left no audit row; change things inside audited()`)
}

/** A registered route and who may call it. */
export interface GuardedRoute {
  method: string
  path: string
  guard: Guard | null
}

/** The routes under `/api` with their guards, as the app has them registered. */
export function routeTable(app: Pick<Hono, 'routes'>): GuardedRoute[] {
  const table = new Map<string, GuardedRoute>()
  for (const { method, path, handler } of app.routes) {
    if (method === 'ALL' || !path.startsWith('/api/')) continue
    const key = `${method} ${path}`
    const known = table.get(key) ?? { method, path, guard: null }
    table.set(key, { ...known, guard: known.guard ?? guards.get(handler) ?? null })
  }
  return [...table.values()]
}

/** Throws when a route has no guard, or a workspace route names no action: such an app does not start. */
export function assertGuarded(app: Pick<Hono, 'routes'>): void {
  const open = routeTable(app).filter(
    ({ path, guard }) => guard === null || (path.startsWith('/api/w/') && !('action' in guard)),
  )
  if (open.length === 0) return
  const list = open.map(({ method, path }) => `${method} ${path}`).join(', ')
  throw new Error(`These routes say not who may call them; add allow(action) of guard.ts: ${list}`)
}
