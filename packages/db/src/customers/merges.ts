import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { callEngine } from '../engine/engine-calls.ts'
import type { Queryable } from '../open.ts'
import { mutexOf } from './mutex.ts'
import { partitionOf } from './partition.ts'

/**
 * Makes one customer of two: identifiers, events and consents move to the survivor, whose own values win; both
 * timelines keep a `customer merged` event. Enrollments stay with the customer who entered, but hear what the survivor
 * does from now on; of two in one journey the earlier goes on and the other leaves, with the merge as its reason.
 */
export async function mergeCustomers(
  tx: Queryable,
  workspaceId: string,
  { loser, survivor }: { loser: string; survivor: string },
): Promise<void> {
  await holdStill(tx, loser, survivor)
  await tx.execute(sql`
    select id from customers where id in (${loser}::uuid, ${survivor}::uuid) order by id for update`)
  await tx.execute(sql`
    update customers s set attributes = l.attributes || s.attributes, time_zone = coalesce(s.time_zone, l.time_zone),
      language = coalesce(s.language, l.language), updated_at = now()
    from customers l where l.id = ${loser}::uuid and s.id = ${survivor}::uuid`)
  await tx.execute(sql`
    update customers set merged_into = ${survivor}::uuid, updated_at = now()
    where workspace_id = ${workspaceId} and (id = ${loser}::uuid or merged_into = ${loser}::uuid)`)
  await tx.execute(
    sql`update identifiers set customer_id = ${survivor}::uuid where customer_id = ${loser}::uuid`,
  )
  await tx.execute(sql`update events set customer_id = ${survivor}::uuid where customer_id = ${loser}::uuid`)
  await tx.execute(sql`update feed set customer_id = ${survivor}::uuid where customer_id = ${loser}::uuid`)
  await tx.execute(sql`
    update outbox set customer_id = ${survivor}::uuid, partition = ${partitionOf(survivor)}
    where customer_id = ${loser}::uuid`)
  await tx.execute(sql`
    update waits set customer_id = ${survivor}::uuid where customer_id = ${loser}::uuid and status = 'open'`)
  await moveConsents(tx, loser, survivor)
  await carrySlots(tx, loser, survivor)
  await leaveTwins(tx, survivor)
  await recordMerge(tx, workspaceId, loser, survivor)
}

/** Takes the engine's mutex of both, in its order: nobody enters, moves or is written to while they become one. */
async function holdStill(tx: Queryable, loser: string, survivor: string): Promise<void> {
  await tx.execute(sql`
    select pg_advisory_xact_lock(key) from (
      select distinct ${sql.raw(mutexOf('id'))} as key
      from (values (${loser}::uuid), (${survivor}::uuid)) as both_of_them(id) order by 1 offset 0) keys`)
}

/** Where one has been in a journey, the other has been, too: the re-entry rule counts for both as for one person. */
async function carrySlots(tx: Queryable, loser: string, survivor: string): Promise<void> {
  await tx.execute(sql`
    insert into entry_slots as s (journey_id, customer_id, entry_key, enrollment_id, entered_at, ended_at)
    select journey_id, ${survivor}::uuid, entry_key, enrollment_id, entered_at, ended_at
    from entry_slots where customer_id = ${loser}::uuid
    on conflict (journey_id, customer_id, entry_key) do update
      set enrollment_id = excluded.enrollment_id, entered_at = excluded.entered_at, ended_at = excluded.ended_at
      where case
        when s.ended_at is null and excluded.ended_at is null then excluded.entered_at < s.entered_at
        when s.ended_at is null or excluded.ended_at is null then excluded.ended_at is null
        else excluded.entered_at > s.entered_at end`)
}

/** Asks every live enrollment to leave that shares journey and entry key with an earlier one of the same person. */
async function leaveTwins(tx: Queryable, survivor: string): Promise<void> {
  const { rowCount } = await tx.execute(sql`
    insert into requests (workspace_id, enrollment_id, kind, seq, member_id, reason)
    select e.workspace_id, e.id, 'merge', coalesce((e.state -> 'pending' ->> 'seq')::int, 0), '', 'customer_merged'
    from (
      select n.*, row_number() over (partition by n.journey_id, n.entry_key order by n.entered_at, n.id) as turn
      from enrollments n
      where n.status = 'active' and n.customer_id in (
        select id from customers where id = ${survivor}::uuid or merged_into = ${survivor}::uuid)
    ) e
    where e.turn > 1 and not exists (
      select 1 from requests r where r.enrollment_id = e.id and r.kind = 'merge' and r.applied_at is null)`)
  if (rowCount) await callEngine(tx)
}

/** A withdrawal of either one counts for both: a merge never makes anybody reachable again. */
async function moveConsents(tx: Queryable, loser: string, survivor: string): Promise<void> {
  await tx.execute(sql`
    insert into consents (workspace_id, customer_id, channel, topic, state, source, changed_at)
    select workspace_id, ${survivor}::uuid, channel, topic, state, source, changed_at
    from consents where customer_id = ${loser}::uuid
    on conflict (customer_id, channel, topic) do update
      set state = excluded.state, source = excluded.source, changed_at = excluded.changed_at
      where excluded.state = 'revoked' and consents.state = 'granted'`)
  await tx.execute(sql`delete from consents where customer_id = ${loser}::uuid`)
  await tx.execute(
    sql`update consent_changes set customer_id = ${survivor}::uuid where customer_id = ${loser}::uuid`,
  )
}

async function recordMerge(
  tx: Queryable,
  workspaceId: string,
  loser: string,
  survivor: string,
): Promise<void> {
  const properties = JSON.stringify({ from: loser, into: survivor })
  for (const customerId of [survivor, loser]) {
    await tx.execute(sql`
      insert into events (workspace_id, customer_id, message_id, name, properties, occurred_at, source, body_hash)
      values (${workspaceId}, ${customerId}::uuid, ${`system:${randomUUID()}`}, 'customer merged',
        ${properties}::jsonb, now(), 'system', '')`)
  }
}
