import { type SQL, sql } from 'drizzle-orm'
import {
  identifiersOf,
  identityLock,
  type OwnerRow,
  type Person,
  type Resolution,
  resolvePeople,
  saveResolution,
} from '../customers/identities.ts'
import { mergeCustomers } from '../customers/merges.ts'
import { partitionOf } from '../customers/partition.ts'
import { applyProfiles, type ProfileChange } from '../customers/profiles.ts'
import type { Queryable } from '../open.ts'
import { catalogueKeys, saveCatalogue } from './catalogue-seen.ts'
import { countDayOnly, spreadDay } from './day-only.ts'

/** One event to be stored. `occurredAt` is epoch milliseconds. */
export interface EventItem extends Person, ProfileChange {
  messageId: string
  name: string
  properties: Record<string, unknown>
  occurredAt: number
  /** Tells a repetition from another event under the same message id. */
  bodyHash: string
  /** Only its day is known, and `occurredAt` is that day's noon: a customer's events of one day get a second each. */
  dayOnly?: boolean
}

export interface StoreOptions {
  source: 'api' | 'import' | 'system'
  /** History is kept and looked at, but starts and wakes nothing. */
  history?: boolean
  importId?: string | null
}

export interface StoredItem {
  status: 'stored' | 'duplicate' | 'conflict'
  customerId: string | null
}

export interface StoreResult {
  items: StoredItem[]
  customersCreated: number
}

/** Another transaction got in between; nothing of this attempt stays and the next one sees its work. */
class Overtaken extends Error {}
/** A merge was found: it must be alone in its workspace, so that no event is written to the customer who goes. */
class NeedsExclusive extends Error {}

const retriable = new Set(['40001', '40P01', '23505'])

function isRetriable(error: unknown): boolean {
  if (error instanceof Overtaken || error instanceof NeedsExclusive) return true
  const cause = error instanceof Error && error.cause ? error.cause : error
  return typeof cause === 'object' && cause !== null && 'code' in cause && retriable.has(String(cause.code))
}

/** Runs `work` in a transaction; repeats it when others got in between, and alone in its workspace when it must merge. */
export async function withIdentities<T>(
  db: Queryable,
  workspaceId: string,
  work: (tx: Queryable, mayMerge: boolean) => Promise<T>,
): Promise<T> {
  let exclusive = false
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.transaction(async (tx) => {
        if (exclusive) await tx.execute(sql`select ${identityLock('exclusive', workspaceId)}`)
        return work(tx, exclusive)
      })
    } catch (error) {
      if (error instanceof NeedsExclusive) exclusive = true
      if (!isRetriable(error) || attempt >= 8) throw error
    }
  }
}

/** Finds or makes the customer of each person, merging where the rules say so. Inside `withIdentities` only. */
export async function placePeople(
  tx: Queryable,
  workspaceId: string,
  people: Person[],
  owners: OwnerRow[],
  { mayMerge, importId }: { mayMerge: boolean; importId: string | null },
): Promise<Resolution> {
  const resolution = resolvePeople(people, owners)
  if (resolution.merges.length > 0 && !mayMerge) throw new NeedsExclusive()
  if (!(await saveResolution(tx, workspaceId, resolution, importId))) throw new Overtaken()
  for (const merge of resolution.merges) await mergeCustomers(tx, workspaceId, merge)
  return resolution
}

interface Earlier {
  bodyHash: string
  customerId: string
}

interface Found {
  owners: OwnerRow[]
  /** Events that already have one of the message ids. */
  earlier: Map<string, Earlier>
}

/**
 * What is known of people and message ids, looked up one by one (`offset 0`): joined at once, all customers would be
 * read for a handful of events. The same statement takes the identity lock; what changed between its
 * snapshot and the lock is caught when the events are written (`insertEvents`, `assertStillThere`).
 */
export async function lookUp(
  tx: Queryable,
  workspaceId: string,
  people: Person[],
  messageIds: string[],
  importId: string | null = null,
): Promise<Found> {
  const anyMadeUp = people.some(({ madeUpEmail }) => madeUpEmail !== undefined)
  const found = await tx.execute<Record<string, string>>(sql`
    select 'lock' as kind, ${identityLock('shared', workspaceId)}::text as a, null as b, null::uuid as customer_id,
      null::timestamptz as created_at, null::boolean as has_external_id, null::boolean as has_email,
      null::boolean as is_imported
    union all
    select 'message', e.message_id, e.body_hash, e.customer_id, null, null, null, null
    from jsonb_array_elements_text(${JSON.stringify(messageIds)}::jsonb) as t(message_id)
    cross join lateral (
      select * from events e where e.workspace_id = ${workspaceId} and e.message_id = t.message_id offset 0
    ) e
    union all
    select 'owner', i.type, i.value, i.customer_id, c.created_at,
      i.type = 'external_id' or (
        select true from identifiers e where e.customer_id = i.customer_id and e.type = 'external_id' limit 1
      ) is not null,
      ${anyMadeUp}::boolean and (
        select true from identifiers e where e.customer_id = i.customer_id and e.type = 'email' limit 1
      ) is not null,
      i.import_ids is not null and not coalesce(${importId}::uuid = any(i.import_ids), false)
    from jsonb_to_recordset(${JSON.stringify(identifiersOf(people))}::jsonb) as t(type text, value text)
    cross join lateral (
      select * from identifiers i
      where i.workspace_id = ${workspaceId} and i.type = t.type and i.value = t.value offset 0
    ) i
    cross join lateral (select created_at from customers c where c.id = i.customer_id offset 0) c`)
  const owners: OwnerRow[] = []
  const earlier = new Map<string, Earlier>()
  for (const { kind, a = '', b = '', customer_id = '', created_at = '', ...more } of found.rows) {
    if (kind === 'owner')
      owners.push({
        type: a,
        value: b,
        customer_id,
        created_at,
        has_external_id: Boolean(more.has_external_id),
        has_email: Boolean(more.has_email),
        is_imported: Boolean(more.is_imported),
      })
    if (kind === 'message') earlier.set(a, { bodyHash: b, customerId: customer_id })
  }
  return { owners, earlier }
}

/**
 * Whether one of some customers has been merged away or removed. Looked up one by one: as an anti-join it becomes a
 * nested loop over all customers while these are so new that Postgres has no statistics of them.
 */
const anyGone = (from: SQL, id: SQL) =>
  sql`exists (select 1 from ${from} where (select c.merged_into is null from customers c where c.id = ${id}) is not true)`

/** Makes sure that none of these customers has been merged away or removed before the identity lock was held. */
export async function assertStillThere(tx: Queryable, customerIds: string[]): Promise<void> {
  const found = await tx.execute<{ gone: boolean }>(sql`
    select ${anyGone(sql`jsonb_array_elements_text(${JSON.stringify([...new Set(customerIds)])}::jsonb) as t(id)`, sql`t.id::uuid`)} as gone`)
  if (found.rows[0]?.gone) throw new Overtaken()
}

async function insertEvents(
  tx: Queryable,
  workspaceId: string,
  items: { item: EventItem; customerId: string }[],
  { source, history = false, importId = null }: StoreOptions,
): Promise<void> {
  const rows = items
    .map(({ item, customerId }) => ({
      m: item.messageId,
      c: customerId,
      n: item.name,
      p: item.properties,
      o: new Date(item.occurredAt).toISOString(),
      h: item.bodyHash,
      q: partitionOf(customerId),
    }))
    .sort((a, b) => (a.m < b.m ? -1 : 1))
  const written = await tx.execute<{ n: number; gone: boolean }>(sql`
    with input as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as t(m text, c uuid, n text, p jsonb, o timestamptz, h text, q int)
    ), ins as (
      insert into events (workspace_id, customer_id, message_id, name, properties, occurred_at, source, body_hash, import_id)
      select ${workspaceId}, c, m, n, p, o, ${source}, h, ${importId}::uuid from input
      on conflict (workspace_id, message_id) do nothing
      returning id, customer_id, message_id, occurred_at
    ), queued as (
      insert into outbox (event_id, workspace_id, customer_id, partition, occurred_at)
      select ins.id, ${workspaceId}, ins.customer_id, input.q, ins.occurred_at
      from ins join input on input.m = ins.message_id where not ${history}::boolean
    )
    select (select count(*) from ins)::int as n,
      ${anyGone(sql`(select distinct c as id from input) as t`, sql`t.id`)} as gone`)
  const [result] = written.rows
  if (result?.n !== items.length || result.gone) throw new Overtaken()
}

/**
 * Stores events in one transaction: who they are about, what they say about them, the events, and (unless `history`)
 * the outbox rows the router takes. Repetitions and other bodies under a known message id change nothing.
 */
export async function storeEvents(
  db: Queryable,
  workspaceId: string,
  items: EventItem[],
  options: StoreOptions,
): Promise<StoreResult> {
  if (items.length === 0) return { items: [], customersCreated: 0 }
  const seen = catalogueKeys(workspaceId, items)
  const importId = options.importId ?? null
  const result = await withIdentities(db, workspaceId, async (tx, mayMerge) => {
    const { owners, earlier } = await lookUp(
      tx,
      workspaceId,
      items,
      items.map(({ messageId }) => messageId),
      importId,
    )
    const fresh: EventItem[] = []
    const firstOf = new Map<string, EventItem>()
    for (const item of items) {
      if (earlier.has(item.messageId) || firstOf.has(item.messageId)) continue
      firstOf.set(item.messageId, item)
      fresh.push(item)
    }
    const { customerIds, created } = await placePeople(tx, workspaceId, fresh, owners, { mayMerge, importId })
    const placed = fresh.map((item, index) => ({ item, customerId: customerIds[index] ?? '' }))
    if (placed.length > 0) {
      const changes = placed.map(({ item, customerId }) => ({ ...item, customerId }))
      await applyProfiles(tx, workspaceId, changes, importId)
      const repeats = options.source === 'import' ? await countDayOnly(tx, placed) : new Map()
      await insertEvents(tx, workspaceId, spreadDay(placed, repeats), options)
      await saveCatalogue(tx, workspaceId, seen)
    }
    const customerOf = new Map(placed.map(({ item, customerId }) => [item, customerId]))
    return {
      items: items.map((item) => judge(item, customerOf, firstOf, earlier)),
      customersCreated: created.length,
    }
  })
  seen.remember()
  return result
}

function judge(
  item: EventItem,
  stored: Map<EventItem, string>,
  firstOf: Map<string, EventItem>,
  earlier: Map<string, Earlier>,
): StoredItem {
  const customerId = stored.get(item)
  if (customerId) return { status: 'stored', customerId }
  const twin = firstOf.get(item.messageId)
  const other = earlier.get(item.messageId)
  const hash = twin?.bodyHash ?? other?.bodyHash
  const known = (twin && stored.get(twin)) ?? other?.customerId ?? null
  return { status: hash === item.bodyHash ? 'duplicate' : 'conflict', customerId: known }
}

/** Those of some message ids under which an event is stored. */
export async function storedMessageIds(
  db: Queryable,
  workspaceId: string,
  messageIds: string[],
): Promise<Set<string>> {
  const found = await db.execute<{ message_id: string }>(sql`
    select e.message_id from jsonb_array_elements_text(${JSON.stringify(messageIds)}::jsonb) as t(message_id)
    join events e on e.workspace_id = ${workspaceId} and e.message_id = t.message_id`)
  return new Set(found.rows.map(({ message_id }) => message_id))
}
