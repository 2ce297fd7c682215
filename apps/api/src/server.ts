import { serve } from '@hono/node-server'
import { openDatabase } from '@tropa/db'
import { moveMailboxConnections } from '@tropa/db/connections'
import { createApp } from './app.ts'
import { openAuth } from './auth.ts'
import { openEngine } from './engine.ts'
import { type Env, readEnv } from './env.ts'
import { installationOf } from './installation.ts'
import { openLog, safeError } from './log.ts'

const drainWithinMs = 10_000

function envOrExit(): Env {
  try {
    return readEnv(process.env)
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exit(2)
  }
}

async function start(env: Env): Promise<void> {
  const log = openLog(env.LOG_LEVEL)
  const installation = installationOf(env, process.env.NODE_ENV)
  const { db, pool, close } = openDatabase(env.DATABASE_URL, {
    max: 16,
    onError: (error) => log.warn({ error: safeError(error) }, 'database_connection_lost'),
  })
  const { baseUrl, origins, secret } = installation
  const engine = openEngine(env.temporal)
  const auth = openAuth({ db, baseUrl, origins, secret, rateLimit: true })
  let draining = false
  const app = createApp({ db, pool, auth, engine, log, installation, draining: () => draining })
  if (installation.mailboxPort !== null) await moveMailboxConnections(db, installation.mailboxPort)
  const server = serve({ fetch: app.fetch, port: env.API_PORT, hostname: env.API_HOST }, ({ port }) => {
    log.info({ port }, 'listening')
    process.send?.('ready')
  })
  server.once('error', (error: NodeJS.ErrnoException) => {
    const why =
      error.code === 'EADDRINUSE' ? 'is taken by another program' : `cannot be opened (${error.code})`
    process.stderr.write(
      `The API could not start: port ${env.API_PORT} on ${env.API_HOST} ${why}. Free it, or name another with API_PORT or API_HOST.\n`,
    )
    process.exit(1)
  })
  const stop = async () => {
    if (draining) return
    draining = true
    log.info('stopping')
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    if ('closeIdleConnections' in server) server.closeIdleConnections()
    await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, drainWithinMs).unref())])
    await Promise.allSettled([engine.close(), close()])
    process.exit(0)
  }
  process.on('SIGTERM', () => void stop())
  process.on('SIGINT', () => void stop())
}

start(envOrExit()).catch((error: unknown) => {
  process.stderr.write(`The API could not start: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
})
