import { type SQL, sql } from 'drizzle-orm'
import { partitionOf } from '../customers/partition.ts'
import type { Queryable } from '../open.ts'

/** Age in seconds of the oldest event that waits to be routed; 0 when none does. */
export async function outboxAgeSeconds(db: Queryable): Promise<number> {
  const found = await db.execute<{ age: number }>(
    sql`select coalesce(extract(epoch from now() - min(enqueued_at)), 0)::float8 as age from outbox`,
  )
  return found.rows[0]?.age ?? 0
}

export interface StagedEvent {
  line: number
  customerId: string
  name: string
  properties: Record<string, unknown>
  occurredAt: number
}

/** Puts parsed events of a compressed run where its virtual clock will find them. */
export async function stageEvents(
  tx: Queryable,
  workspaceId: string,
  importId: string,
  events: StagedEvent[],
): Promise<void> {
  if (events.length === 0) return
  const rows = events.map(({ line, customerId, name, properties, occurredAt }) => ({
    l: line,
    c: customerId,
    n: name,
    p: properties,
    o: new Date(occurredAt).toISOString(),
  }))
  await tx.execute(sql`
    insert into feed (import_id, line, workspace_id, customer_id, name, properties, occurred_at)
    select ${importId}::uuid, l, ${workspaceId}, c, n, p, o from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as t(l int, c uuid, n text, p jsonb, o timestamptz)`)
}

/** Starts the clock of a compressed run at its first staged event; answers false when nothing was staged. */
export async function startClock(
  db: Queryable,
  workspaceId: string,
  importId: string,
  secondsPerDay: number,
): Promise<boolean> {
  const started = await db.execute(sql`
    insert into clocks (workspace_id, import_id, real_start, virtual_start, scale, fed_until, last_at)
    select ${workspaceId}, ${importId}::uuid, now(), min(occurred_at), ${86_400 / secondsPerDay}::float8,
      min(occurred_at) - interval '1 millisecond', max(occurred_at)
    from feed where import_id = ${importId}::uuid
      and not exists (select 1 from clocks where import_id = ${importId}::uuid)
    having min(occurred_at) is not null`)
  return started.rowCount === 1
}

export interface ClockRow {
  id: string
  paused: boolean
  ended: boolean
  /** Virtual instant the clock shows, epoch milliseconds. */
  virtualNow: number
  /** The first and the last instant of the run's events; the last is unknown of runs of earlier releases. */
  virtualStart: number
  lastAt: number | null
  fedUntil: number
  /**
   * How many times longer the run has taken than the clock alone would have, because it stood still at times, and over
   * how long that was seen: since the start or the last change of speed, without a member's pauses.
   */
  slowdown: number
  seenMs: number
}

/** The clock of a compressed run as it stands, or null before it starts. */
export async function findClock(db: Queryable, importId: string): Promise<ClockRow | null> {
  const found = await db.execute<Record<string, unknown>>(sql`
    select k.id, paused_at is not null as paused, ended_at is not null as ended, scale,
      extract(epoch from virtual_start) * 1000 as virtual_start, extract(epoch from last_at) * 1000 as last_at,
      extract(epoch from coalesce(stood_since, virtual_start)) * 1000 as seen_since,
      extract(epoch from fed_until) * 1000 as fed_until,
      extract(epoch from virtual_start + (coalesce(paused_at, ended_at, now()) - real_start) * scale) * 1000 as virtual_now,
      stood_ms + case when paused_at is null or ended_at is not null or i.status is distinct from 'running' then 0
        else extract(epoch from now() - paused_at) * 1000 end as stood_ms
    from clocks k left join imports i on i.id = k.import_id
    where k.import_id = ${importId}::uuid order by real_start desc limit 1`)
  const row = found.rows[0]
  if (!row) return null
  const ranMs = Math.max((Number(row.virtual_now) - Number(row.seen_since)) / Number(row.scale), 1)
  const stoodMs = Number(row.stood_ms)
  return {
    id: String(row.id),
    paused: row.paused === true,
    ended: row.ended === true,
    virtualNow: Math.floor(Number(row.virtual_now)),
    virtualStart: Math.floor(Number(row.virtual_start)),
    lastAt: row.last_at === null ? null : Math.floor(Number(row.last_at)),
    fedUntil: Math.floor(Number(row.fed_until)),
    slowdown: 1 + stoodMs / ranMs,
    seenMs: ranMs + stoodMs,
  }
}

/**
 * Freezes a clock where it stands; a second pause changes nothing. The clock of a run that is not paused itself stands
 * still because the engine is behind.
 */
export async function pauseClock(db: Queryable, importId: string): Promise<void> {
  await db.execute(sql`
    update clocks set paused_at = now()
    where import_id = ${importId}::uuid and paused_at is null and ended_at is null`)
}

/** Lets a frozen clock go on from where it stood; what was due later is due later by the pause. */
export async function resumeClock(db: Queryable, importId: string): Promise<void> {
  await goOn(db, importId, sql`true`, sql`0`)
}

/**
 * Lets a clock go on that stood still for the engine, and adds up how long it did. It stays where it is when a member
 * has paused the run meanwhile.
 */
export async function letClockGoOn(db: Queryable, importId: string): Promise<void> {
  const running = sql`exists (
    select 1 from imports i where i.id = ${importId}::uuid and i.status = 'running' for share)`
  await goOn(db, importId, running, sql`extract(epoch from before.gap) * 1000`)
}

async function goOn(db: Queryable, importId: string, may: SQL, stoodMs: SQL): Promise<void> {
  await db.execute(sql`
    with allowed as materialized (select ${may} as yes), before as (
      select k.id, now() - k.paused_at as gap from allowed cross join clocks k
      where allowed.yes and k.import_id = ${importId}::uuid and k.paused_at is not null and k.ended_at is null
      for update of k
    ), moved as (
      update clocks c set real_start = c.real_start + before.gap, paused_at = null, stood_ms = c.stood_ms + ${stoodMs}
      from before where c.id = before.id returning c.id
    )
    update enrollments e set due_at = e.due_at + before.gap
    from before where e.clock_id = before.id and e.status = 'active' and e.due_at is not null`)
}

/** Ends a clock for good: nothing of its run is let through any more. */
export async function endClock(db: Queryable, importId: string): Promise<void> {
  await db.execute(
    sql`update clocks set ended_at = coalesce(paused_at, now()) where import_id = ${importId}::uuid and ended_at is null`,
  )
}

/** Asks the engine to end the test enrollments that live by the clock of a run which a member has stopped. */
export async function leaveClock(
  db: Queryable,
  importId: string,
  ask: { memberId: string; reason: string },
): Promise<void> {
  await db.execute(sql`
    insert into requests (workspace_id, enrollment_id, kind, seq, member_id, reason)
    select e.workspace_id, e.id, 'remove', coalesce((e.state -> 'pending' ->> 'seq')::int, 0), ${ask.memberId}, ${ask.reason}
    from enrollments e join clocks k on k.id = e.clock_id
    where k.import_id = ${importId}::uuid and e.status = 'active'`)
}

export interface Slice {
  fed: number
  /** Whether everything up to the clock's present instant is in; false when the limit cut the slice. */
  caughtUp: boolean
  left: boolean
}

/**
 * Moves what the virtual clock has passed from the feed into events and outbox, and says so on the clock, in one
 * transaction. A paused clock has passed what came before it stopped: timers due by then wait for these events. Does
 * nothing once the clock has ended.
 */
export async function feedSlice(db: Queryable, importId: string, limit: number): Promise<Slice> {
  return db.transaction(async (tx) => {
    // The import before its clock, as whoever pauses or stops it does: no deadlock.
    await tx.execute(sql`select 1 from imports where id = ${importId}::uuid for no key update`)
    const clocks = await tx.execute<{ id: string; workspace_id: string; upto: string }>(sql`
      select id, workspace_id,
        date_trunc('milliseconds', virtual_start + (coalesce(paused_at, now()) - real_start) * scale)::text as upto
      from clocks where import_id = ${importId}::uuid and ended_at is null for update`)
    const clock = clocks.rows[0]
    if (!clock) return { fed: 0, caughtUp: false, left: true }
    const taken = await tx.execute<Record<string, string | number>>(sql`
      select line, customer_id, occurred_at::text as at from feed
      where import_id = ${importId}::uuid and occurred_at <= ${clock.upto}::timestamptz
      order by occurred_at, line limit ${limit}`)
    await moveRows(tx, importId, clock, taken.rows)
    const fed = taken.rows.length
    const next = await tx.execute<{ at: string | null; due: boolean }>(sql`
      select min(occurred_at)::text as at, min(occurred_at) <= ${clock.upto}::timestamptz as due
      from feed where import_id = ${importId}::uuid`)
    const { at = null, due = false } = next.rows[0] ?? {}
    const until = due ? sql`${at}::timestamptz - interval '1 millisecond'` : sql`${clock.upto}::timestamptz`
    await tx.execute(
      sql`update clocks set fed_until = greatest(fed_until, ${until}) where id = ${clock.id}::uuid`,
    )
    if (fed > 0)
      await tx.execute(sql`update imports set events_fed = events_fed + ${fed} where id = ${importId}::uuid`)
    return { fed, caughtUp: !due, left: at !== null }
  })
}

async function moveRows(
  tx: Queryable,
  importId: string,
  clock: { id: string; workspace_id: string },
  rows: Record<string, string | number>[],
): Promise<void> {
  if (rows.length === 0) return
  const keys = rows.map((row) => ({ l: row.line, o: row.at, q: partitionOf(String(row.customer_id)) }))
  await tx.execute(sql`
    with keys as (
      select * from jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) as t(l int, o timestamptz, q int)
    ), gone as (
      delete from feed f using keys
      where f.import_id = ${importId}::uuid and f.occurred_at = keys.o and f.line = keys.l
      returning f.*, keys.q
    ), ins as (
      insert into events
        (workspace_id, customer_id, message_id, name, properties, occurred_at, source, body_hash, import_id, clock_id)
      select workspace_id, customer_id, 'clock:' || import_id || ':' || line, name, properties, occurred_at,
        'import', '', import_id, ${clock.id}::uuid
      from gone order by occurred_at, line
      returning id, message_id, customer_id, occurred_at
    )
    insert into outbox (event_id, workspace_id, customer_id, partition, occurred_at)
    select ins.id, ${clock.workspace_id}, ins.customer_id, gone.q, ins.occurred_at
    from ins join gone on ins.message_id = 'clock:' || gone.import_id || ':' || gone.line`)
}

/** The last virtual instant that a run has still to let through, epoch milliseconds; null when nothing is left. */
export async function feedEnd(db: Queryable, importId: string): Promise<number | null> {
  const found = await db.execute<{ at: number | null }>(sql`
    select (extract(epoch from max(occurred_at)) * 1000)::float8 as at from feed where import_id = ${importId}::uuid`)
  return found.rows[0]?.at ?? null
}

/** Drops what a run has not let through. */
export async function clearFeed(db: Queryable, importId: string): Promise<void> {
  await db.execute(sql`delete from feed where import_id = ${importId}::uuid`)
}
