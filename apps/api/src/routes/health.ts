import { monitorEventLoopDelay } from 'node:perf_hooks'
import { hasSchema } from '@tropa/db/health'
import { Hono } from 'hono'
import type { ApiEnv } from '../context.ts'
import { safeError } from '../log.ts'

const delay = monitorEventLoopDelay({ resolution: 20 })
delay.enable()

const blockedMs = 5_000
const databaseWithinMs = 1_000

/** Whether the process lives, and whether it can serve. */
export const healthRoutes = new Hono<ApiEnv>()
  .get('/healthz', (c) => {
    const loopDelayMs = Math.round(delay.max / 1e6)
    delay.reset()
    return c.json({ ok: loopDelayMs < blockedMs, loopDelayMs }, loopDelayMs < blockedMs ? 200 : 503)
  })
  .get('/readyz', async (c) => {
    const { db, log, draining } = c.var.deps
    if (draining()) return c.json({ ok: false, reason: 'draining' }, 503)
    const timeout = new Promise<'slow'>((resolve) =>
      setTimeout(() => resolve('slow'), databaseWithinMs).unref(),
    )
    const schema = hasSchema(db).then(
      (there) => (there ? ('ready' as const) : ('schema_missing' as const)),
      (error: unknown) => {
        log.warn({ error: safeError(error) }, 'not_ready')
        return 'database_unreachable' as const
      },
    )
    const state = await Promise.race([schema, timeout])
    return state === 'ready' ? c.json({ ok: true }) : c.json({ ok: false, reason: state }, 503)
  })
