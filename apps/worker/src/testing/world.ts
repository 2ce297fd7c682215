import { randomUUID } from 'node:crypto'
import { compileTemplate } from '@tropa/connectors/render'
import { migrate, openDatabase } from '@tropa/db'
import { GroupCommit } from '@tropa/db/group-commit'
import { partitionOf } from '@tropa/db/partition'
import { stepsOf } from '@tropa/db/steps'
import { compile, formatInstant, type Graph, type Plan } from '@tropa/journey'
import { kinds } from '@tropa/nodes'
import type pg from 'pg'

/** A customer to be: with an address and consent to email unless told otherwise. */
export interface CustomerSketch {
  email?: string | null
  consent?: 'granted' | 'revoked' | null
  attributes?: Record<string, unknown>
}

/** An event to happen. Times are epoch milliseconds; without one it happens now. */
export interface EventSketch {
  name: string
  properties?: Record<string, unknown>
  at?: number
  clockId?: string
  messageId?: string
  /** Stored, but routed to nobody. */
  history?: boolean
}

/** The state of an enrollment, as a test looks at it. */
export interface SeenEnrollment {
  id: string
  status: string
  place: string | null
  waitingFor: string | null
  endReason: string | null
  started: boolean
  dueInMs: number | null
  salt: string
  entryKey: string
  customerId: string
}

/** A workspace in a migrated database of its own, with a template and a mailbox connection, ready for journeys. */
export class World {
  readonly workspaceId = randomUUID()
  readonly pool: pg.Pool
  readonly commits: GroupCommit
  templateId = ''
  connectionId = ''
  readonly close: () => Promise<void>

  private constructor(readonly url: string) {
    const database = openDatabase(url, { max: 6, steady: true })
    this.pool = database.pool
    this.commits = new GroupCommit(database.pool)
    this.close = database.close
  }

  static async build(url: string, { mailboxPort = 1 }: { mailboxPort?: number } = {}): Promise<World> {
    await migrate(url)
    const world = new World(url)
    world.templateId = await world.addTemplate(
      'Hello',
      '<p>Hello {{ customer.first_name | default: "you" }}</p>',
    )
    world.connectionId = await world.addConnection({
      isMailbox: true,
      config: { host: '127.0.0.1', port: mailboxPort, security: 'none' },
    })
    return world
  }

  async rows<R>(text: string, values: unknown[] = []): Promise<R[]> {
    return (await this.pool.query(text, values)).rows as R[]
  }

  async addTemplate(subject: string, body: string): Promise<string> {
    const result = await compileTemplate({ subject, body, format: 'html' })
    if (!result.ok) throw new Error(result.problems.map(({ en }) => en).join(' '))
    const [row] = await this.rows<{ id: string }>(
      `insert into templates (workspace_id, name, subject, format, body, compiled)
       values ($1, $2, $2, 'html', $3, $4) returning id`,
      [this.workspaceId, subject, body, JSON.stringify(result.compiled)],
    )
    return row?.id ?? ''
  }

  async addConnection(options: { isMailbox?: boolean; config: Record<string, unknown> }): Promise<string> {
    const [row] = await this.rows<{ id: string }>(
      `insert into connections (workspace_id, connector, channel, name, config, is_default, is_mailbox)
       values ($1, 'smtp', 'email', 'Mail', $2, true, $3) returning id`,
      [this.workspaceId, JSON.stringify(options.config), options.isMailbox ?? false],
    )
    return row?.id ?? ''
  }

  async addCustomer({ email, consent = 'granted', attributes = {} }: CustomerSketch = {}): Promise<string> {
    const id = randomUUID()
    await this.rows('insert into customers (id, workspace_id, attributes) values ($1, $2, $3)', [
      id,
      this.workspaceId,
      JSON.stringify(attributes),
    ])
    if (email !== null)
      await this.rows(
        `insert into identifiers (workspace_id, type, value, customer_id) values ($1, 'email', $2, $3)`,
        [this.workspaceId, email ?? `${id}@example.test`, id],
      )
    if (consent) await this.setConsent(id, consent)
    return id
  }

  async setConsent(customerId: string, state: 'granted' | 'revoked', topic = ''): Promise<void> {
    await this.rows(
      `insert into consents (workspace_id, customer_id, channel, topic, state, source)
       values ($1, $2, 'email', $3, $4, 'test')
       on conflict (customer_id, channel, topic) do update set state = excluded.state`,
      [this.workspaceId, customerId, topic, state],
    )
  }

  /** Publishes a graph as a live version of a new journey. */
  async publish(graph: Graph): Promise<{ journeyId: string; versionId: string; plan: Plan }> {
    const plan = compile(graph, kinds)
    const [journeyId, versionId] = [randomUUID(), randomUUID()]
    await this.rows(
      `insert into journeys (id, workspace_id, name, draft, status, live_version_id)
       values ($1, $2, 'Journey', $3, 'live', $4)`,
      [journeyId, this.workspaceId, JSON.stringify(graph), versionId],
    )
    await this.rows(
      `insert into versions (id, workspace_id, journey_id, number, graph, plan, plan_hash)
       values ($1, $2, $3, 1, $4, $5, $6)`,
      [versionId, this.workspaceId, journeyId, JSON.stringify(graph), JSON.stringify(plan), plan.hash],
    )
    for (const entry of plan.entries)
      await this.rows(
        'insert into live_entries (workspace_id, event, journey_id, version_id, node_id) values ($1, $2, $3, $4, $5)',
        [this.workspaceId, entry.event, journeyId, versionId, entry.node],
      )
    return { journeyId, versionId, plan }
  }

  /** Stores an event and puts it into the outbox, as ingest does; answers its id. */
  async emit(customerId: string, event: EventSketch): Promise<number> {
    const at = event.at === undefined ? null : formatInstant(event.at)
    const [row] = await this.rows<{ id: string }>(
      `with e as (
         insert into events (workspace_id, customer_id, message_id, name, properties, occurred_at, source, body_hash, clock_id)
         values ($1, $2, $3, $4, $5, coalesce($6::timestamptz, clock_timestamp()), 'api', '', $7) returning *),
       o as (insert into outbox (event_id, workspace_id, customer_id, partition, occurred_at)
         select id, workspace_id, customer_id, $8::int, occurred_at from e where not $9::boolean)
       select id, pg_notify('tropa_outbox', $8::text) from e`,
      [
        this.workspaceId,
        customerId,
        event.messageId ?? randomUUID(),
        event.name,
        JSON.stringify(event.properties ?? {}),
        at,
        event.clockId ?? null,
        partitionOf(customerId),
        event.history ?? false,
      ],
    )
    return Number(row?.id)
  }

  /** Makes a compressed clock that shows `virtualStart` now and knows all events until `fedUntil`. */
  async addClock(clock: { virtualStart: number; fedUntil: number; scale: number }): Promise<string> {
    const [row] = await this.rows<{ id: string }>(
      `insert into clocks (workspace_id, import_id, real_start, virtual_start, scale, fed_until)
       values ($1, gen_random_uuid(), now(), $2, $3, $4) returning id`,
      [this.workspaceId, formatInstant(clock.virtualStart), clock.scale, formatInstant(clock.fedUntil)],
    )
    return row?.id ?? ''
  }

  async enrollments(): Promise<SeenEnrollment[]> {
    return this.rows(
      `select id, status, place, waiting_for as "waitingFor", end_reason as "endReason", salt, entry_key as "entryKey",
         customer_id as "customerId", started_at is not null as started,
         (extract(epoch from due_at - now()) * 1000)::float8 as "dueInMs"
       from enrollments where workspace_id = $1 order by entered_at, id`,
      [this.workspaceId],
    )
  }

  async path(enrollmentId: string): Promise<string[]> {
    return (await stepsOf(this.pool, enrollmentId)).map(({ node, output }) => `${node}:${output ?? '-'}`)
  }
}

/** Waits until `check` answers something other than null or false; throws after `limitMs`. */
export async function until<T>(
  check: () => Promise<T | null | undefined | false>,
  limitMs = 15_000,
): Promise<T> {
  const patience = Date.now() + limitMs
  for (;;) {
    const answer = await check()
    if (answer !== null && answer !== undefined && answer !== false) return answer
    if (Date.now() > patience) throw new Error('It did not happen in time')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
