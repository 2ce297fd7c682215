import { randomUUID } from 'node:crypto'
import { migrate, openDatabase } from '@tropa/db'
import { insertMember } from '@tropa/db/members'
import type { TemporalAddress } from '@tropa/worker/contract'
import type { Role } from './access.ts'
import { createApp } from './app.ts'
import { openAuth } from './auth.ts'
import { createPerson } from './commands/create-person.ts'
import { createWorkspace } from './commands/create-workspace.ts'
import type { Deps } from './context.ts'
import { openEngine } from './engine.ts'
import { originsOf } from './installation.ts'
import { openLog } from './log.ts'

/** The public address of apps under test. */
export const baseUrl = 'http://localhost:44000'

const password = 'correct horse battery'

const nowhere = { address: '127.0.0.1:1', namespace: 'default', tls: false }

/** The real app over a database of its own; Temporal is not there unless a test brings one. */
export async function openApp(
  databaseUrl: string,
  over: Partial<Deps> & { temporal?: TemporalAddress } = {},
) {
  await migrate(databaseUrl)
  const { db, pool, close } = openDatabase(databaseUrl)
  const secret = Buffer.alloc(32, 7).toString('base64url')
  const origins = originsOf(baseUrl)
  const engine = openEngine(over.temporal ?? nowhere)
  const deps: Deps = {
    db,
    pool,
    auth: openAuth({ db, baseUrl, origins, secret, rateLimit: false }),
    engine,
    log: openLog('silent'),
    installation: { baseUrl, origins, secret, mailboxPort: 44_025, smtpUrl: null, demo: true, webRoot: null },
    draining: () => false,
    ...over,
  }
  const app = createApp(deps)
  const stop = async () => {
    await engine.close()
    await close()
  }
  return { app, deps, stop }
}

export type AppUnderTest = Awaited<ReturnType<typeof openApp>>

/** A person who calls the app with JSON and their session cookie. */
export interface Caller {
  userId: string
  cookie: string | undefined
  call: (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>
}

export interface Answer {
  status: number
  // biome-ignore lint/suspicious/noExplicitAny: tests read answers by their documented shape.
  body: any
  headers: Headers
}

function isPlain(body: unknown): body is string | Uint8Array<ArrayBuffer> {
  return typeof body === 'string' || body instanceof Uint8Array
}

/** Calls the app as somebody with these headers. */
export function caller(app: AppUnderTest['app'], userId: string, cookie?: string): Caller {
  return {
    userId,
    cookie,
    call: async (method, path, body, headers = {}) => {
      const answer = await app.request(`${baseUrl}${path}`, {
        method,
        headers: {
          ...(cookie ? { cookie } : {}),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(method === 'GET' ? {} : { origin: baseUrl }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: isPlain(body) ? body : JSON.stringify(body) }),
      })
      const text = await answer.text()
      const isJson = answer.headers.get('content-type')?.includes('json')
      return {
        status: answer.status,
        body: isJson && text ? JSON.parse(text) : text,
        headers: answer.headers,
      }
    },
  }
}

/** Signs a new person in. */
export async function person({ app, deps }: AppUnderTest, name: string): Promise<Caller> {
  const email = `${name}-${randomUUID().slice(0, 8)}@example.test`
  const userId = await deps.db.transaction((tx) => createPerson(tx, deps.auth, { name, email, password }))
  return caller(app, userId, await signIn(app, email))
}

/** Signs in by email and answers the session cookie. */
export async function signIn(app: AppUnderTest['app'], email: string, secret = password): Promise<string> {
  const answer = await app.request(`${baseUrl}/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: baseUrl },
    body: JSON.stringify({ email, password: secret }),
  })
  if (answer.status !== 200) throw new Error(`Sign-in answered ${answer.status}: ${await answer.text()}`)
  return answer.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')
}

/** A workspace with a signed-in member per asked role, owner included. */
export async function workspace(test: AppUnderTest, roles: readonly Role[] = []) {
  const { db, installation } = test.deps
  const owner = await person(test, 'owner')
  const id = await db.transaction((tx) =>
    createWorkspace(tx, installation, {
      name: 'Lavka',
      timeZone: 'UTC',
      currency: 'USD',
      language: 'en',
      ownerId: owner.userId,
    }),
  )
  const members = { owner } as Record<Role, Caller>
  for (const role of roles) {
    if (role === 'owner') continue
    members[role] = await person(test, role)
    await insertMember(db, { id: randomUUID(), organizationId: id, userId: members[role].userId, role })
  }
  return { id, members, at: (path: string) => `/api/w/${id}${path}` }
}
