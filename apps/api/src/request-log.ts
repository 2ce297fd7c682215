import type { MiddlewareHandler } from 'hono'
import { matchedRoutes } from 'hono/route'
import type { ApiEnv } from './context.ts'

/** One line per request: ids, the route's pattern, status and milliseconds; no path, query, body or address. */
export const requestLog: MiddlewareHandler<ApiEnv> = async (c, next) => {
  const startedAt = performance.now()
  await next()
  const route = matchedRoutes(c)
    .map(({ path }) => path)
    .filter((path) => !path.includes('*'))
    .at(-1)
  const { log } = c.var.deps
  const line = {
    requestId: c.var.requestId,
    method: c.req.method,
    route: route ?? null,
    status: c.res.status,
    ms: Math.round(performance.now() - startedAt),
    ...(c.get('workspaceId') ? { workspaceId: c.var.workspaceId } : {}),
    ...(c.get('user') ? { memberId: c.var.user.id } : {}),
    ...(c.get('failureCode') ? { code: c.get('failureCode') } : {}),
  }
  if (c.res.status >= 500) log.warn(line, 'request')
  else log.debug(line, 'request')
}
