import { sql } from 'drizzle-orm'
import { giveAttributesBack } from './attributes-before.ts'
import { identityLock } from './identities.ts'
import type { Queryable } from './open.ts'

const pageRows = 5_000

/** Customers whom a journey has taken in keep what the import told of them: their paths rest on it. */
const inJourney = (customer: ReturnType<typeof sql>) =>
  sql`exists (select 1 from enrollments n where n.customer_id = ${customer})`

/**
 * Takes back one page of what an import brought: attributes it changed, events, then consents, then customers that have
 * nothing else. Answers false when nothing is left that can go.
 */
export async function undoImportPage(db: Queryable, workspaceId: string, importId: string): Promise<boolean> {
  for (const step of [giveAttributesBack, undoFeed, undoEvents, undoConsents, undoCustomers]) {
    if ((await step(db, workspaceId, importId)) > 0) return true
  }
  return false
}

async function undoFeed(db: Queryable, workspaceId: string, importId: string): Promise<number> {
  const gone = await db.execute(sql`
    delete from feed where ctid = any(array(
      select ctid from feed where workspace_id = ${workspaceId} and import_id = ${importId}::uuid limit ${pageRows}
    ))`)
  return gone.rowCount ?? 0
}

async function undoEvents(db: Queryable, workspaceId: string, importId: string): Promise<number> {
  const gone = await db.execute(sql`
    with picked as (
      select e.id, e.customer_id from events e
      where e.workspace_id = ${workspaceId} and e.import_id = ${importId}::uuid
        and not ${inJourney(sql`e.customer_id`)}
      limit ${pageRows}
    ), unqueued as (delete from outbox using picked where event_id = picked.id),
    unrejected as (
      delete from rejections r using picked where r.customer_id = picked.customer_id and r.event_id = picked.id
    )
    delete from events using picked where events.id = picked.id`)
  return gone.rowCount ?? 0
}

async function undoConsents(db: Queryable, workspaceId: string, importId: string): Promise<number> {
  const gone = await db.execute(sql`
    with picked as (
      select h.id, h.customer_id, h.channel, h.topic,
        not exists (
          select 1 from consent_changes o where o.customer_id = h.customer_id and o.channel = h.channel
            and o.topic = h.topic and o.id <> h.id and o.at >= h.at
        ) as is_last
      from consent_changes h join customers c on c.id = h.customer_id
      where h.workspace_id = ${workspaceId} and h.detail->>'importId' = ${importId}
        and not ${inJourney(sql`h.customer_id`)}
      limit ${pageRows}
    ), revoked as (
      delete from consents k using picked p
      where p.is_last and k.customer_id = p.customer_id and k.channel = p.channel and k.topic = p.topic
    )
    delete from consent_changes h using picked where h.id = picked.id`)
  return gone.rowCount ?? 0
}

async function undoCustomers(db: Queryable, workspaceId: string, importId: string): Promise<number> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`select ${identityLock('exclusive', workspaceId)}`)
    const picked = await tx.execute<{ id: string }>(sql`
      select c.id from customers c
      where c.workspace_id = ${workspaceId} and c.import_id = ${importId}::uuid and ${hasNothingElse}
      limit ${pageRows} for update`)
    if (picked.rows.length === 0) return 0
    const ids = JSON.stringify(picked.rows.map(({ id }) => id))
    const those = sql`(select value::uuid from jsonb_array_elements_text(${ids}::jsonb))`
    await tx.execute(sql`delete from identifiers where customer_id in ${those}`)
    const gone = await tx.execute(sql`delete from customers c where c.id in ${those}`)
    return gone.rowCount ?? 0
  })
}

const hasNothingElse = sql`not exists (select 1 from events e where e.customer_id = c.id)
  and not exists (select 1 from feed f where f.customer_id = c.id)
  and not exists (select 1 from consent_changes h where h.customer_id = c.id)
  and not exists (select 1 from customers o where o.merged_into = c.id)
  and not ${inJourney(sql`c.id`)}`

/** Closes an undo: how much is gone, and how many customers stay because they have a life beside the import. */
export async function finishUndo(db: Queryable, workspaceId: string, importId: string): Promise<void> {
  await db.execute(sql`
    update imports i set status = 'undone', finished_at = coalesce(finished_at, now()), customers_kept = kept.customers,
      undone = jsonb_build_object('restored', 0, 'changedSince', 0) || coalesce(undone, '{}') || jsonb_build_object(
        'at', to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
        'events', greatest(0, case mode when 'compressed' then events_fed else rows_stored end - kept.events),
        'customers', greatest(0, customers_created - kept.customers))
    from (select
      (select count(*)::int from customers where workspace_id = ${workspaceId} and import_id = ${importId}::uuid) as customers,
      (select count(*)::int from events where workspace_id = ${workspaceId} and import_id = ${importId}::uuid) as events
    ) kept
    where i.workspace_id = ${workspaceId} and i.id = ${importId}::uuid and status = 'undoing'`)
}
