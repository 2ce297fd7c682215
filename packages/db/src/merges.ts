import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { Queryable } from './open.ts'

/** The part of the outbox that carries a customer's events; ids are random, so the parts are even. */
export function partitionOf(customerId: string): number {
  return Number.parseInt(customerId.slice(-2), 16) % 64
}

/**
 * Makes one customer of two: identifiers, events and consents move to the survivor, whose own values win; both
 * timelines keep a `customer merged` event. Enrollments stay with the customer who entered, but hear what the survivor
 * does from now on.
 */
export async function mergeCustomers(
  tx: Queryable,
  workspaceId: string,
  { loser, survivor }: { loser: string; survivor: string },
): Promise<void> {
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
  await recordMerge(tx, workspaceId, loser, survivor)
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
