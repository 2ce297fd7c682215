import { getConnInfo } from '@hono/node-server/conninfo'
import { type Context, Hono } from 'hono'
import { clientAddressHeader, openAuthPaths } from '../auth.ts'
import type { ApiEnv } from '../context.ts'
import { Failure } from '../errors.ts'
import { allowAnybody } from '../guard.ts'

/** The doors of better-auth that are open to the outside; its answers go out as they are. */
export const authRoutes = new Hono<ApiEnv>().on(['GET', 'POST'], '/auth/*', allowAnybody(), async (c) => {
  if (!openAuthPaths.has(c.req.path)) throw new Failure('not_found')
  const headers = new Headers(c.req.raw.headers)
  headers.set(clientAddressHeader, addressOf(c))
  return c.var.deps.auth.handler(new Request(c.req.raw, { headers }))
})

/** Where the request came from, for the limit on sign-in attempts; in-process calls have no address. */
function addressOf(c: Context<ApiEnv>): string {
  const hasSocket = (c.env as { incoming?: unknown } | undefined)?.incoming !== undefined
  return (hasSocket && getConnInfo(c).remote.address) || '127.0.0.1'
}
