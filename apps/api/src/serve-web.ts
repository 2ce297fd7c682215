import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { serveStatic } from '@hono/node-server/serve-static'
import type { Hono } from 'hono'
import type { ApiEnv } from './context.ts'

const forApi = /^\/(api|auth|v1|u|docs|fonts|openapi\.json|healthz|readyz)(\/|$)/

/** Serves the built web: hashed assets for a year, everything else that is not the API's as the one page. */
export function serveWeb(app: Hono<ApiEnv>, root: string): void {
  app.use('/assets/*', async (c, next) => {
    await next()
    if (c.res.status === 200) c.header('cache-control', 'public, max-age=31536000, immutable')
  })
  app.get(
    '*',
    serveStatic({
      root,
      rewriteRequestPath: (path) => (path === '/' || path.startsWith('/.') ? '/no-such-file' : path),
    }),
  )
  app.get('*', async (c) => {
    if (forApi.test(c.req.path) || c.req.path.startsWith('/assets/')) return c.notFound()
    return c.html(await readFile(join(root, 'index.html'), 'utf8'), 200, { 'cache-control': 'no-cache' })
  })
}
