import { epochMs, statement } from '../statement.ts'
import { isLate } from './late-window.ts'

/** An event that waits to be routed. */
export interface OutboxEvent {
  id: number
  workspaceId: string
  customerId: string
  name: string
  properties: Record<string, unknown>
  /** Epoch milliseconds. */
  occurredAt: number
  clockId: string | null
  /** It came so long after it happened that it starts and wakes nothing. */
  late: boolean
  attempts: number
  partition: number
  /** Text of the instant, as exact as the database has it. */
  enqueuedAt: string
}

const takeOldest = statement<[partitions: number[], perPartition: number, besides: string[]], OutboxEvent>(
  `with due as materialized (
     select o.event_id from unnest($1::int[]) as p(n) cross join lateral (
       select event_id from outbox where partition = p.n and customer_id <> all($3::uuid[])
       order by occurred_at, event_id limit $2 for update skip locked) o),
   taken as (delete from outbox o using due where o.event_id = due.event_id returning o.*)
   select v.id::float8 as id, v.workspace_id as "workspaceId", v.customer_id as "customerId", v.name, v.properties,
     ${epochMs('v.occurred_at')} as "occurredAt", v.clock_id as "clockId", ${isLate('v')} as late, t.attempts,
     t.partition, t.enqueued_at::text as "enqueuedAt"
   from taken t join events v on v.id = t.event_id order by v.occurred_at, v.id`,
)

/**
 * Takes the oldest events of some partitions out of the outbox, up to `perPartition` of each, in order of time, and none
 * of the customers `besides`. They come back if the transaction does not commit.
 */
export function takeEvents(
  tx: Parameters<typeof takeOldest>[0],
  partitions: number[],
  perPartition: number,
  besides: string[] = [],
): Promise<OutboxEvent[]> {
  return takeOldest(tx, partitions, perPartition, besides)
}

/** Takes one event out of the outbox, if it is still there and nobody else is at it. */
export const takeEvent = statement<[eventId: number], OutboxEvent>(
  `with taken as (delete from outbox where event_id = (
     select event_id from outbox where event_id = $1 for update skip locked) returning *)
   select v.id::float8 as id, v.workspace_id as "workspaceId", v.customer_id as "customerId", v.name, v.properties,
     ${epochMs('v.occurred_at')} as "occurredAt", v.clock_id as "clockId", ${isLate('v')} as late, t.attempts,
     t.partition, t.enqueued_at::text as "enqueuedAt"
   from taken t join events v on v.id = t.event_id`,
)

const insertAgain = statement<[rows: string]>(
  `insert into outbox (event_id, workspace_id, customer_id, partition, occurred_at, attempts, enqueued_at)
   select id, "workspaceId", "customerId", partition, to_timestamp("occurredAt" / 1000), attempts, "enqueuedAt"
   from jsonb_to_recordset($1::jsonb) as r(id bigint, "workspaceId" text, "customerId" uuid, partition int,
     "occurredAt" float8, attempts int, "enqueuedAt" timestamptz)`,
)

/** Puts events back that were taken in this transaction but cannot be routed yet; they keep their place. */
export async function putBack(tx: Parameters<typeof insertAgain>[0], events: OutboxEvent[]): Promise<void> {
  const rows = events.map(({ name: _name, properties: _properties, clockId: _clockId, ...row }) => row)
  if (rows.length > 0) await insertAgain(tx, JSON.stringify(rows))
}

/** Counts a failed attempt to route an event; answers how many there were. */
export const countAttempt = statement<[eventId: number], { attempts: number }>(
  'update outbox set attempts = attempts + 1 where event_id = $1 returning attempts',
)

/** How many events wait, and for how long the oldest has, in milliseconds. */
export const backlog = statement<[], { waiting: number; oldestMs: number }>(
  `select count(*)::int as waiting,
     coalesce(max(extract(epoch from now() - enqueued_at)) * 1000, 0)::float8 as "oldestMs" from outbox`,
)

/** A refused entry. */
export interface NewRejection {
  workspaceId: string
  journeyId: string | null
  customerId: string
  eventId: number
  reason: string
  trace: unknown
}

const insertRejections = statement<[rows: string]>(
  `insert into rejections (workspace_id, journey_id, customer_id, event_id, reason, trace)
   select "workspaceId", "journeyId", "customerId", "eventId", reason, trace
   from jsonb_to_recordset($1::jsonb) as r("workspaceId" text, "journeyId" uuid, "customerId" uuid,
     "eventId" bigint, reason text, trace jsonb)`,
)

/** Keeps refused entries with their reasons. */
export async function keepRejections(
  runner: Parameters<typeof insertRejections>[0],
  rejections: NewRejection[],
): Promise<void> {
  if (rejections.length > 0) await insertRejections(runner, JSON.stringify(rejections))
}

/** The router's lease on a partition, held by a connection; false when another process has it. */
export const leasePartition = statement<[partition: number], { leased: boolean }>(
  'select pg_try_advisory_lock(7263555, $1::int) as leased',
)

/** Gives a partition back. */
export const releasePartition = statement<[partition: number], { released: boolean }>(
  'select pg_advisory_unlock(7263555, $1::int) as released',
)

/** How many routers hold a lease connection now. */
export const routersAlive = statement<[], { routers: number }>(
  `select count(*)::int as routers from pg_stat_activity
   where datname = current_database() and application_name = 'tropa-router'`,
)
