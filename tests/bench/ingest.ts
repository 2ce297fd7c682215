import { fork } from 'node:child_process'
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { migrate, openDatabase, tables } from '@tropa/db'
import autocannon from 'autocannon'
import { sql } from 'drizzle-orm'
import { anyFreePort } from '../../scripts/machine/ports.ts'
import { measureBareInserts } from './bare-inserts.ts'
import { createDatabase, type Servers } from './servers.ts'

/** Events per second that were answered as stored, and what Postgres alone did in the same run. */
export interface IngestFigures {
  singlePerSecond: number
  singleP99Ms: number
  batchedPerSecond: number
  batchedP99Ms: number
  bareSinglePerSecond: number
  bareBatchedPerSecond: number
  singleShareOfBare: number
  batchedShareOfBare: number
  /** Answered as stored and not found afterwards: must be 0. */
  missing: number
  /** Answers other than 202: must be 0. */
  refused: number
}

const batchItems = 50
const people = 5_000
const key = `sk_${randomBytes(18).toString('base64url')}`

async function startApi(databaseUrl: string, port: number) {
  const server = fileURLToPath(new URL('../../apps/api/src/server.ts', import.meta.url))
  const child = fork(server, {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: {
      ...process.env,
      DATABASE_URL: databaseUrl,
      TEMPORAL_ADDRESS: '127.0.0.1:1',
      BASE_URL: `http://127.0.0.1:${port}`,
      API_PORT: String(port),
      TROPA_SECRET: randomBytes(32).toString('base64url'),
      LOG_LEVEL: 'error',
    },
  })
  const patience = Date.now() + 60_000
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => null)
    if (answer?.ok) break
    if (child.exitCode !== null || Date.now() > patience) throw new Error('The API did not start')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return async () => {
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGTERM')
    await ended
  }
}

function event(n: number): string {
  return `{"type":"track","event":"order","userId":"c${n % people}","messageId":"${randomUUID()}","timestamp":"${new Date().toISOString()}","properties":{"total":${n % 200}.5,"quantity":2}}`
}

async function load(url: string, seconds: number, connections: number, body: () => string) {
  const result = await autocannon({
    url,
    method: 'POST',
    connections,
    duration: seconds,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    requests: [{ setupRequest: (request) => ({ ...request, body: body() }) }],
  })
  const accepted = result['2xx']
  const refused = result.non2xx + result.errors
  return { perSecond: accepted / result.duration, p99: result.latency.p99, accepted, refused }
}

/**
 * Measures the event API on the run's durable Postgres with a real server process: one event a request, then fifty,
 * and before them bare inserts into an equal table, so that the ratio does not depend on the machine.
 */
export async function benchIngest(
  { databaseUrl }: Pick<Servers, 'databaseUrl'>,
  { quick = false }: { quick?: boolean } = {},
): Promise<IngestFigures> {
  const seconds = quick ? 4 : 10
  const database = await createDatabase(databaseUrl, 'ingest')
  const { db, close } = openDatabase(database.url, { max: 2 })
  try {
    await migrate(database.url)
    const hash = createHash('sha256').update(key).digest('hex')
    await db
      .insert(tables.apiKeys)
      .values({ workspaceId: 'bench', kind: 'secret', name: 'b', hash, lastFour: '' })
    const bare = await measureBareInserts(database.url, seconds / 2)
    const port = await anyFreePort()
    const stop = await startApi(database.url, port)
    const url = `http://127.0.0.1:${port}/v1`
    let n = 0
    try {
      await load(`${url}/track`, 2, 16, () => event(n++))
      await db.execute(sql`truncate events, outbox`)
      const single = await load(`${url}/track`, seconds, 64, () => event(n++))
      const batch = (): string =>
        `{"batch":[${Array.from({ length: batchItems }, () => event(n++)).join(',')}]}`
      await db.execute(sql`truncate outbox`)
      const batched = await load(`${url}/batch`, seconds, 16, batch)
      const found = await db.execute<{ n: number }>(sql`select count(*)::int as n from events`)
      const stored = found.rows[0]?.n ?? 0
      return {
        singlePerSecond: single.perSecond,
        singleP99Ms: single.p99,
        batchedPerSecond: batched.perSecond * batchItems,
        batchedP99Ms: batched.p99,
        bareSinglePerSecond: bare.singlePerSecond,
        bareBatchedPerSecond: bare.batchedPerSecond,
        singleShareOfBare: single.perSecond / bare.singlePerSecond,
        batchedShareOfBare: (batched.perSecond * batchItems) / bare.batchedPerSecond,
        missing: Math.max(0, single.accepted + batched.accepted * batchItems - stored),
        refused: single.refused + batched.refused,
      }
    } finally {
      await stop()
    }
  } finally {
    await close()
    await database.drop()
  }
}
