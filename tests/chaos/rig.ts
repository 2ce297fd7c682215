import { type ChildProcess, fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { mailboxLoginFits } from '@tropa/connectors'
import { type MailboxServer, startMailboxServer } from '@tropa/connectors/mailbox'
import type { EngineOptions } from '@tropa/worker/engine'
import { keepReceived } from '@tropa/worker/mailbox'
import { freshNamespace, sketchGraph, until, World } from '@tropa/worker/testing'
import { expect, onTestFinished } from 'vitest'
import { createDatabase, useTemporal } from '../setup/use-services.ts'

export const secret = randomBytes(32).toString('base64url')

/** An engine in a process of its own. */
export interface EngineProcess {
  kill(signal: NodeJS.Signals): Promise<void>
}

/** Starts an engine process and waits until it works; it ends with the test at the latest. */
export async function spawnEngine(options: Omit<EngineOptions, 'log'>): Promise<EngineProcess> {
  const child: ChildProcess = fork(fileURLToPath(new URL('./engine-process.ts', import.meta.url)), {
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, ENGINE_OPTIONS: JSON.stringify(options) },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const kill = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    await ended
  }
  onTestFinished(() => kill('SIGKILL'))
  await new Promise<void>((resolve, reject) => {
    child.once('message', () => resolve())
    child.once('exit', (code) => reject(new Error(`The engine ended with ${code} before it worked`)))
  })
  return { kill }
}

/**
 * A mailbox that keeps a mail and answers only a while later: whoever is killed in between has sent it without knowing.
 */
export function startSlowMailbox(world: World, answerAfterMs: number): Promise<MailboxServer> {
  return startMailboxServer({
    host: '127.0.0.1',
    port: 0,
    authenticate: async (user, password) => (mailboxLoginFits(secret, user, password) ? user : null),
    store: async (mail) => {
      await keepReceived(world.pool, mail)
      await new Promise((resolve) => setTimeout(resolve, answerAfterMs))
    },
  })
}

/** A world of its own, for this test, with a slow mailbox, and short patience for engines that work on it. */
export async function chaosRig(answerAfterMs: number) {
  const database = await createDatabase()
  onTestFinished(() => database.drop())
  const world = await World.build(database.url)
  onTestFinished(() => world.close())
  const mailbox = await startSlowMailbox(world, answerAfterMs)
  onTestFinished(() => mailbox.close())
  const options = {
    databaseUrl: database.url,
    temporal: await freshNamespace(await useTemporal()),
    secret,
    baseUrl: 'http://tropa.example',
    mailboxPort: mailbox.port,
    sendTimeoutMs: 2_000,
    sendVerdictMs: 0,
    sendLeaseMs: 3_000,
    sweepEveryMs: 1_000,
    unstartedMs: 2_000,
    overdueMs: 3_000,
  }
  return { world, options }
}

/** Two emails with waits around them: every kind of pending command in one path. */
export function twoMails(templateId: string) {
  const mail = { template: templateId, messageClass: 'marketing', topic: '', ifUnknown: 'skip' }
  return sketchGraph({
    start: { kind: 'event_entry', config: { event: 'order' }, next: { next: 'first' } },
    first: { kind: 'send_email', config: mail, next: { sent: 'pause', failed: 'pause' } },
    pause: { kind: 'wait', config: { for: '2s' }, next: { next: 'hear' } },
    hear: { kind: 'wait_event', config: { event: 'never', within: '1s' }, next: { timed_out: 'second' } },
    second: { kind: 'send_email', config: mail, next: { sent: 'bye', failed: 'bye' } },
    bye: { kind: 'exit', config: { label: 'done' } },
  })
}

/** Lets so many customers order, a few at a time. */
export async function orders(world: World, count: number): Promise<void> {
  for (let made = 0; made < count; made += 10) {
    await Promise.all(
      Array.from({ length: Math.min(10, count - made) }, async () =>
        world.emit(await world.addCustomer(), { name: 'order', properties: { total: 1 } }),
      ),
    )
  }
}

/** How many enrollments there are and how many of them have ended. */
export async function progress(world: World): Promise<{ all: number; ended: number }> {
  const [row] = await world.rows<{ all: number; ended: number }>(
    `select count(*)::int as all, count(*) filter (where status <> 'active')::int as ended from enrollments
     where workspace_id = $1`,
    [world.workspaceId],
  )
  return row ?? { all: 0, ended: 0 }
}

/**
 * Checks at rest: everybody went the whole way once, no message went out twice, the ledger and the mailbox agree, counts
 * equal a recount of the steps, and nobody moved on from a wait early. Answers how many messages are unknown.
 */
export async function expectWhole(world: World, count: number): Promise<number> {
  expect(await progress(world)).toEqual({ all: count, ended: count })
  const paths = await world.rows<{ path: string; n: number }>(
    `select path, count(*)::int as n from (select string_agg(node, '>' order by seq) as path from steps
       where workspace_id = $1 group by enrollment_id) p group by 1`,
    [world.workspaceId],
  )
  expect(paths).toEqual([{ path: 'start>first>pause>hear>second>bye', n: count }])
  const ledger = await world.rows<{ status: string; mails: number; n: number }>(
    `select m.status, (select count(*)::int from mails x where x.workspace_id = m.workspace_id
         and x.headers @> jsonb_build_array(jsonb_build_object('name', 'x-tropa-message', 'value', m.id::text))) as mails,
       count(*)::int as n
     from messages m where m.workspace_id = $1 group by 1, 2 order by 1, 2`,
    [world.workspaceId],
  )
  for (const { status, mails } of ledger) {
    expect(['accepted', 'unknown']).toContain(status)
    if (status === 'accepted') expect(mails).toBe(1)
    expect(mails).toBeLessThanOrEqual(1)
  }
  expect(ledger.reduce((sum, { n }) => sum + n, 0)).toBe(count * 2)
  await expectCounts(world)
  const early = await world.rows(
    `select enrollment_id from steps where workspace_id = $1 and ((node = 'pause' and left_at - entered_at < interval '2 s')
       or (node = 'hear' and left_at - entered_at < interval '1 s'))`,
    [world.workspaceId],
  )
  expect(early).toEqual([])
  return ledger.filter(({ status }) => status === 'unknown').reduce((sum, { n }) => sum + n, 0)
}

/** The numbers on the canvas, once folded, equal a recount of the steps. */
async function expectCounts(world: World): Promise<void> {
  await until(async () => (await world.rows('select 1 from count_deltas limit 1')).length === 0, 60_000)
  const shown = await world.rows(
    `select node, output, sum(n)::int as n from node_counts group by 1, 2 having sum(n) <> 0 order by 1, 2`,
  )
  const recounted = await world.rows(
    `select node, output, sum(n)::int as n from (
       select node, '' as output, count(*) as n from steps group by 1
       union all select node, coalesce(output, ':' || status), count(*) from steps group by 1, 2) s
     group by 1, 2 order by 1, 2`,
  )
  expect(shown).toEqual(recounted)
}
