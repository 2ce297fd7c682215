import { type SQL, sql } from 'drizzle-orm'
import { giveAttributesBack } from '../customers/attributes-before.ts'
import { identityLock } from '../customers/identities.ts'
import type { Queryable } from '../open.ts'
import { goesWith } from './nothing-else.ts'
import { isRestedOn } from './rested-on.ts'

const pageRows = 5_000

/**
 * Takes back one page of what an import brought: attributes it changed, events, then consents, then customers that have
 * nothing else, then what it told of how to recognise those who stay. Answers false when nothing is left that can go.
 */
export async function undoImportPage(db: Queryable, workspaceId: string, importId: string): Promise<boolean> {
  for (const step of [
    giveAttributesBack,
    undoFeed,
    undoEvents,
    undoConsents,
    undoCustomers,
    undoIdentifiers,
  ]) {
    if ((await step(db, workspaceId, importId)) > 0) return true
  }
  return false
}

/** Adds a number to one that an undo has come to so far. */
const addUp = (
  workspaceId: string,
  importId: string,
  name: 'consents' | 'identifiers' | 'leftBefore',
  n: SQL,
) => sql`
  update imports set undone = coalesce(undone, '{}') || jsonb_build_object(
    ${name}::text, coalesce((undone ->> ${name}::text)::int, 0) + ${n})
  where workspace_id = ${workspaceId} and id = ${importId}::uuid`

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
        and not ${isRestedOn}
      limit ${pageRows}
    ), unqueued as (delete from outbox using picked where event_id = picked.id),
    unrejected as (
      delete from rejections r using picked where r.customer_id = picked.customer_id and r.event_id = picked.id
    )
    delete from events using picked where events.id = picked.id`)
  return gone.rowCount ?? 0
}

/**
 * Consents that the import gave go, unless they have been changed since, or another import has said the same: then they
 * are that one's from now on. Customers who stay keep the lines of their history, and one more says that the import was
 * taken back.
 */
async function undoConsents(db: Queryable, workspaceId: string, importId: string): Promise<number> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`select ${identityLock('exclusive', workspaceId)}`)
    const done = await tx.execute<{ n: number }>(sql`
      with picked as materialized (
        select h.*, ${goesWith(workspaceId, importId)} as goes
        from consent_changes h join customers c on c.id = h.customer_id
        where h.workspace_id = ${workspaceId} and h.detail->>'importId' = ${importId}
        limit ${pageRows}
      ), given as materialized (
        select p.customer_id, p.channel, p.topic, p.goes, other.at as other_at, other.source as other_source
        from picked p join consents k on k.customer_id = p.customer_id and k.channel = p.channel and k.topic = p.topic
          and k.changed_at = p.at and k.state = p.state and k.source = p.source
        left join lateral (${saidByAnotherImport(importId)}) other on true
      ), handed_on as (
        update consents k set source = g.other_source, changed_at = g.other_at from given g
        where k.customer_id = g.customer_id and k.channel = g.channel and k.topic = g.topic and g.other_at is not null
      ), taken as (
        delete from consents k using given g
        where k.customer_id = g.customer_id and k.channel = g.channel and k.topic = g.topic and g.other_at is null
        returning k.*, g.goes
      ), forgotten as (
        delete from consent_changes h using picked p where h.id = p.id and p.goes
      ), kept as (
        update consent_changes h set detail = h.detail - 'importId' || ${undoneBy(importId)}
        from picked p where h.id = p.id and not p.goes
      ), noted as (
        insert into consent_changes (workspace_id, customer_id, channel, topic, state, source, detail)
        select workspace_id, customer_id, channel, topic, 'revoked', 'import_undone', ${undoneBy(importId)}
        from taken where not goes
      ), counted as (
        ${addUp(workspaceId, importId, 'consents', sql`(select count(*) from taken where not goes)`)}
      )
      select count(*)::int as n from picked`)
    return done.rows[0]?.n ?? 0
  })
}

/** Where another import that still stands says the same as the line `p` of a consent's history, the first of them. */
const saidByAnotherImport = (importId: string) => sql`
  select o.at, o.source from consent_changes o
  where o.customer_id = p.customer_id and o.channel = p.channel and o.topic = p.topic and o.state = p.state
    and o.detail->>'importId' <> ${importId} order by o.at, o.id limit 1`

const undoneBy = (importId: string) => sql`jsonb_build_object('undoneImportId', ${importId}::text)`

/** Customers of the import go who have nothing else, and those of earlier undos who stayed for the sake of this import. */
async function undoCustomers(db: Queryable, workspaceId: string, importId: string): Promise<number> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`select ${identityLock('exclusive', workspaceId)}`)
    const picked = await tx.execute<{ id: string }>(sql`
      select c.id from customers c where ${goesWith(workspaceId, importId)} limit ${pageRows} for update of c`)
    if (picked.rows.length === 0) return 0
    const ids = JSON.stringify(picked.rows.map(({ id }) => id))
    const those = sql`(select value::uuid from jsonb_array_elements_text(${ids}::jsonb))`
    await tx.execute(sql`delete from identifiers where customer_id in ${those}`)
    await tx.execute(sql`delete from consent_changes where customer_id in ${those}`)
    const gone = await tx.execute<{ isOwn: boolean }>(sql`
      delete from customers c where c.id in ${those}
      returning c.import_id is not distinct from ${importId}::uuid as "isOwn"`)
    const others = gone.rows.filter(({ isOwn }) => !isOwn).length
    if (others > 0) await tx.execute(addUp(workspaceId, importId, 'leftBefore', sql`${others}::int`))
    return gone.rowCount ?? 0
  })
}

/** The order in which identifiers are kept when an import has brought all that a customer who stays is known by. */
const rank = (alias: string) =>
  sql.raw(`array_position(array['external_id', 'phone', 'anonymous_id', 'email'], ${alias}.type)`)

/**
 * What only this import said of how customers are recognised and reached goes, except the last thing by which one who
 * stays can be recognised; what other imports have said, too, is theirs from now on.
 */
async function undoIdentifiers(db: Queryable, workspaceId: string, importId: string): Promise<number> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`select ${identityLock('exclusive', workspaceId)}`)
    const done = await tx.execute<{ n: number }>(sql`
      with picked as materialized (
        select i.type, i.value, i.import_ids = array[${importId}::uuid] and exists (
          select 1 from identifiers o
          where o.customer_id = i.customer_id and (o.type, o.value) <> (i.type, i.value)
            and (o.import_ids is distinct from i.import_ids
              or (${rank('o')}, o.value) < (${rank('i')}, i.value))
        ) as goes
        from identifiers i
        where i.workspace_id = ${workspaceId} and i.import_ids @> array[${importId}::uuid]
        limit ${pageRows}
      ), gone as (
        delete from identifiers i using picked p
        where i.workspace_id = ${workspaceId} and i.type = p.type and i.value = p.value and p.goes
      ), kept as (
        update identifiers i set import_ids = nullif(array_remove(i.import_ids, ${importId}::uuid), '{}')
        from picked p
        where i.workspace_id = ${workspaceId} and i.type = p.type and i.value = p.value and not p.goes
      ), counted as (
        ${addUp(workspaceId, importId, 'identifiers', sql`(select count(*) from picked where goes)`)}
      )
      select count(*)::int as n from picked`)
    return done.rows[0]?.n ?? 0
  })
}

/** Closes an undo: how much is gone, and how many customers stay because they have a life beside the import. */
export async function finishUndo(db: Queryable, workspaceId: string, importId: string): Promise<void> {
  await db.execute(sql`
    update imports i set status = 'undone', finished_at = coalesce(finished_at, now()), customers_kept = kept.customers,
      undone = jsonb_build_object('restored', 0, 'changedSince', 0, 'consents', 0, 'identifiers', 0)
        || coalesce(undone, '{}') || jsonb_build_object(
        'at', to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
        'events', greatest(0, case mode when 'compressed' then events_fed else rows_stored end - kept.events),
        'eventsKept', kept.events, 'customers', greatest(0, customers_created - kept.customers)
          + coalesce((undone ->> 'leftBefore')::int, 0))
    from (select
      (select count(*)::int from customers where workspace_id = ${workspaceId} and import_id = ${importId}::uuid) as customers,
      (select count(*)::int from events where workspace_id = ${workspaceId} and import_id = ${importId}::uuid) as events
    ) kept
    where i.workspace_id = ${workspaceId} and i.id = ${importId}::uuid and status = 'undoing'`)
}
