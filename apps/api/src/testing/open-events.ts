import { createHash } from 'node:crypto'
import { migrate, openDatabase, tables } from '@tropa/db'
import { eq } from 'drizzle-orm'
import { Hono } from 'hono'
import { createDatabase } from '../../../../tests/setup/use-services.ts'
import type { ApiEnv } from '../context.ts'
import { onError } from '../errors.ts'
import { openLog } from '../log.ts'
import { eventRoutes } from '../routes/events.ts'

/** The keys of the workspace `ws` of every event API under test. */
export const secretKey = 'sk_test_secret'
export const writeKey = 'wk_test_write'

export interface Call {
  key?: string | null
  headers?: Record<string, string>
}

/** The event routes over a database of their own, and a sender that talks to them with a secret key. */
export async function openEvents() {
  const database = await createDatabase()
  await migrate(database.url)
  const open = openDatabase(database.url)
  const row = (kind: 'write' | 'secret', key: string) => ({
    workspaceId: 'ws',
    kind,
    name: kind,
    hash: createHash('sha256').update(key).digest('hex'),
    lastFour: key.slice(-4),
  })
  await open.db.insert(tables.apiKeys).values([row('secret', secretKey), row('write', writeKey)])
  const app = new Hono<ApiEnv>()
  app.onError(onError)
  app.route('/', eventRoutes({ db: open.db, log: openLog('silent') }))

  async function post(path: string, body: unknown, { key = secretKey, headers = {} }: Call = {}) {
    const raw = typeof body === 'string' || body instanceof Uint8Array
    const response = await app.request(`/v1/${path}`, {
      method: 'POST',
      body: (raw ? body : JSON.stringify(body)) as RequestInit['body'],
      headers: {
        'content-type': 'application/json',
        ...(key ? { authorization: `Bearer ${key}` } : {}),
        ...headers,
      },
    })
    const text = await response.text()
    return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : null }
  }

  async function eventOf(messageId: string) {
    const [found] = await open.db.select().from(tables.events).where(eq(tables.events.messageId, messageId))
    return found
  }

  const stop = async () => {
    await open.close()
    await database.drop()
  }
  return { app, db: open.db, post, eventOf, stop }
}

let counter = 0

/** The body of a tracked event under a message id of its own. */
export const track = (rest: object = {}) => ({
  event: 'order',
  userId: 'anna',
  messageId: `t${counter++}`,
  ...rest,
})

/** The same as an item of a batch. */
export const item = (rest: object = {}) => ({ type: 'track', ...track(rest) })
