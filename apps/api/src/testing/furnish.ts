import { randomUUID } from 'node:crypto'
import { moveMailboxConnections } from '@tropa/db/connections'
import { insertMember } from '@tropa/db/members'
import type { TemporalAddress } from '@tropa/worker/contract'
import { startEngine } from '@tropa/worker/engine'
import { hostMailbox } from '@tropa/worker/mailbox'
import { type Action, roles } from '../access.ts'
import { createPerson } from '../commands/create-person.ts'
import { type GuardedRoute, routeTable } from '../guard.ts'
import { openLog } from '../log.ts'
import { type AppUnderTest, baseUrl, workspace } from '../testing.ts'
import { fileForm } from './file-form.ts'
import { node } from './graph.ts'

/** A workspace route with the action it names. */
export type WorkspaceRoute = GuardedRoute & { guard: { action: Action } }

/** The workspace routes of an app, as its router has them. */
export function workspaceRoutesOf(app: AppUnderTest['app']): WorkspaceRoute[] {
  return routeTable(app).filter((route): route is WorkspaceRoute => route.path.startsWith('/api/w/'))
}

export const keyOf = ({ method, path }: GuardedRoute) => `${method} ${path.replace('/api/w/:ws', '')}`

/** How many customers wait in the live journey: each may be used up once. */
const waiting = 40

export const graph = {
  nodes: [
    node('start', 'event_entry', { event: 'order' }),
    node('rest', 'wait', { for: '30d' }),
    node('last', 'exit', { label: '' }),
  ],
  edges: [
    { id: 'e1', from: 'start', output: 'next', to: 'rest' },
    { id: 'e2', from: 'rest', output: 'next', to: 'last' },
  ],
}

const file = Array.from({ length: 5 }, (_, n) => `0000${n} 1 1997010${n + 1} 1 1${n}.5`).join('\r\n')

/** A file upload by hand, so that the same callers with their cookies can send it. */
export const upload = fileForm(file, { name: 'log.txt', type: 'text/plain' })

export const mapping = {
  event: { name: 'order' },
  customer: { column: 0, identifier: 'external_id' },
  time: { column: 2, format: 'YYYYMMDD', zone: 'UTC' },
}

type Shop = Awaited<ReturnType<typeof workspace>>

/** A workspace with a member of every role and with everything in it that routes can be about. */
export async function furnish(test: AppUnderTest, databaseUrl: string, temporal: TemporalAddress) {
  const { secret } = test.deps.installation
  const mailbox = await hostMailbox({ databaseUrl, secret }, openLog('silent'))
  const shop = await workspace(test, roles)
  await moveMailboxConnections(test.deps.db, mailbox.port)
  const things = makers(test, shop)
  await things.liveJourney()
  const engine = await startEngine({
    databaseUrl,
    temporal,
    secret,
    baseUrl,
  })
  await engine.becomeReady(60_000)
  const inside = await fill(test, shop, waiting)
  await engine.stop()
  return { shop, things: { ...things, inside }, stop: () => mailbox.close() }
}

export type Furnished = Awaited<ReturnType<typeof furnish>>

/** Calls the owner's API; anything but success is thrown. */
function openDoor(shop: Shop) {
  const must = async (method: string, path: string, body?: unknown, headers?: Record<string, string>) => {
    const answer = await shop.members.owner.call(method, shop.at(path), body, headers)
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${JSON.stringify(answer.body)}`)
    return answer.body
  }
  const made = async (path: string, body: unknown, headers?: Record<string, string>) =>
    (await must('POST', path, body, headers)).id as string
  return { must, made }
}

/** Lets customers into the live journeys and answers who waits there, one id a call. */
async function fill(test: AppUnderTest, shop: Shop, n: number) {
  const { key } = await openDoor(shop).must('POST', '/keys', { kind: 'secret', name: 'filling' })
  const batch = Array.from({ length: n }, (_, at) => ({ type: 'track', event: 'order', userId: `w${at}` }))
  const answer = await test.app.request('/v1/batch', {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify({ batch }),
  })
  if (answer.status !== 202) throw new Error(await answer.text())
  const patience = Date.now() + 60_000
  for (;;) {
    const { rows } = await test.deps.pool.query<{ id: string }>(
      `select id from enrollments where workspace_id = $1 and place = 'rest' and started_at is not null`,
      [shop.id],
    )
    if (rows.length >= n) return () => rows.pop()?.id ?? ''
    if (Date.now() > patience) throw new Error(`Only ${rows.length} customers came in`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

/** Things that no single call makes. */
function rareThings({ deps: { db, pool, auth } }: AppUnderTest, shop: Shop) {
  const { must, made } = openDoor(shop)
  return {
    async heldMessage(enrollmentId: string): Promise<string> {
      const { rows } = await pool.query<{ id: string }>(
        `insert into messages (workspace_id, enrollment_id, journey_id, version_id, customer_id, node, visit, seq,
           channel, status)
         select workspace_id, id, journey_id, version_id, customer_id, 'rest', 1, 2, 'email', 'held'
         from enrollments where id = $1 returning id`,
        [enrollmentId],
      )
      return rows[0]?.id ?? ''
    },
    async importIn(status: string, mode: 'history' | 'compressed' = 'history'): Promise<string> {
      const id = await made('/imports', upload.body, upload.headers)
      await must('PATCH', `/imports/${id}`, { mapping, mode, secondsPerDay: 1 })
      await pool.query('update imports set status = $2 where id = $1', [id, status])
      return id
    },
    async member(): Promise<string> {
      const one = { name: 'Nina', email: `${randomUUID()}@example.test`, password: 'correct horse battery' }
      const userId = await db.transaction((tx) => createPerson(tx, auth, one))
      await insertMember(db, { id: randomUUID(), organizationId: shop.id, userId, role: 'support' })
      return userId
    },
    async mail(): Promise<string> {
      const template = await made('/templates', letter)
      await must('POST', `/templates/${template}/test`, { to: 'anna@example.test' })
      return (await must('GET', '/mails')).items[0].id
    },
  }
}

function makers(test: AppUnderTest, shop: Shop) {
  const { must, made } = openDoor(shop)
  const journey = () => made('/journeys', { name: 'Win-back', graph })
  async function liveJourney(): Promise<string> {
    const id = await journey()
    await must('POST', `/journeys/${id}/publish`, { revision: 1 })
    return id
  }
  async function pausedJourney(): Promise<string> {
    const id = await liveJourney()
    await must('POST', `/journeys/${id}/pause`, {})
    return id
  }
  return {
    ...rareThings(test, shop),
    journey,
    liveJourney,
    pausedJourney,
    template: () => made('/templates', letter),
    key: () => made('/keys', { kind: 'write', name: 'site' }),
    invitation: () => made('/invitations', { email: `${randomUUID()}@example.test`, role: 'support' }),
    customer: () => made('/customers', person(randomUUID())),
    connection: () => made('/connections', connection),
    mailboxConnection: async () =>
      (await must('GET', '/connections')).items.find(({ isMailbox }: { isMailbox: boolean }) => isMailbox).id,
  }
}

export const letter = { name: 'Hello', subject: 'Hello', format: 'html', body: '<p>Hello</p>' } as const
export const connection = {
  connector: 'smtp',
  name: 'Provider',
  config: { host: 'smtp.example.com', port: 587, user: 'shop', fromAddress: 'shop@example.com' },
  secrets: { password: 'a password of ours' },
}
export const person = (name: string) => ({
  identifiers: [{ type: 'external_id', value: `customer-${name}` }],
})
