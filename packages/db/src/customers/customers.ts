import { and, count, desc, eq, isNull, type SQL, sql } from 'drizzle-orm'
import type { Queryable } from '../open.ts'
import { olderThan, type Page, position, prefixPattern } from '../page.ts'
import { consentChanges, consents, customers, events, feed, identifiers, suppressions } from '../tables.ts'
import type { Identifier } from './identities.ts'
import { mutexOf } from './mutex.ts'

export type CustomerRow = typeof customers.$inferSelect

/** The selected customer's id inside a subquery: Drizzle leaves the table's name out where there is one table. */
const outerId = sql`"customers"."id"`

const identifiersOf = sql<Identifier[]>`coalesce((
  select json_agg(json_build_object('type', i.type, 'value', i.value) order by i.created_at, i.value)
  from ${identifiers} i where i.customer_id = ${outerId}), '[]'::json)`

/** Whether a fast clock still holds back events of the selected customer. */
const eventsToCome = sql<boolean>`exists (select 1 from ${feed} f where f.customer_id = ${outerId})`

/** The customers of a workspace, newest first; `search` is the beginning of a name or identifier. */
export async function listCustomers(
  db: Queryable,
  workspaceId: string,
  search: string | undefined,
  { after, limit }: Page,
) {
  return db
    .select({
      id: customers.id,
      attributes: customers.attributes,
      createdAt: customers.createdAt,
      identifiers: identifiersOf,
      lastEventAt: sql<Date | null>`(
        select max(e.occurred_at) from ${events} e where e.customer_id = ${outerId})`.mapWith(
        events.occurredAt,
      ),
      eventsToCome,
      ...position(customers.createdAt, customers.id),
    })
    .from(customers)
    .where(and(listed(workspaceId, search), olderThan(customers.createdAt, customers.id, after)))
    .orderBy(desc(customers.createdAt), desc(sql`${customers.id}::text`))
    .limit(limit + 1)
}

/** How many customers a list holds, counted no further than `most`. */
export async function countCustomers(
  db: Queryable,
  workspaceId: string,
  search: string | undefined,
  most: number,
): Promise<number> {
  const some = db
    .select({ id: customers.id })
    .from(customers)
    .where(listed(workspaceId, search))
    .limit(most)
    .as('some')
  const [row] = await db.select({ n: count() }).from(some)
  return row?.n ?? 0
}

const listed = (workspaceId: string, search: string | undefined) =>
  and(
    eq(customers.workspaceId, workspaceId),
    isNull(customers.mergedInto),
    search ? startsWith(workspaceId, prefixPattern(search)) : undefined,
  )

function startsWith(workspaceId: string, pattern: string): SQL {
  return sql`(${customers.id} in (
      select i.customer_id from ${identifiers} i
      where i.workspace_id = ${workspaceId} and i.value ilike ${pattern})
    or ${customers.attributes} ->> 'name' ilike ${pattern}
    or ${customers.attributes} ->> 'first_name' ilike ${pattern}
    or ${customers.attributes} ->> 'last_name' ilike ${pattern}
    or concat_ws(' ', ${customers.attributes} ->> 'first_name', ${customers.attributes} ->> 'last_name')
      ilike ${pattern})`
}

/** A customer with their identifiers, or null. */
export async function findCustomer(db: Queryable, workspaceId: string, id: string) {
  const [row] = await db
    .select({
      id: customers.id,
      attributes: customers.attributes,
      timeZone: customers.timeZone,
      language: customers.language,
      createdAt: customers.createdAt,
      mergedInto: customers.mergedInto,
      identifiers: identifiersOf,
      eventsToCome,
    })
    .from(customers)
    .where(and(eq(customers.workspaceId, workspaceId), eq(customers.id, id)))
  return row ?? null
}

/** The present consents of a customer. */
export async function consentsOf(db: Queryable, workspaceId: string, customerId: string) {
  return db
    .select({
      channel: consents.channel,
      topic: consents.topic,
      state: consents.state,
      source: consents.source,
      changedAt: consents.changedAt,
    })
    .from(consents)
    .where(and(eq(consents.workspaceId, workspaceId), eq(consents.customerId, customerId)))
    .orderBy(consents.channel, consents.topic)
}

/** The present consents of the person a customer is now: their own, or of the one they were merged into. */
export async function consentsOfPerson(db: Queryable, workspaceId: string, customerId: string) {
  const [person] = await db
    .select({ id: sql<string>`coalesce(${customers.mergedInto}, ${customers.id})` })
    .from(customers)
    .where(and(eq(customers.workspaceId, workspaceId), eq(customers.id, customerId)))
  return person ? consentsOf(db, workspaceId, person.id) : []
}

/** The customers that were merged into this one. */
export async function mergedInto(db: Queryable, workspaceId: string, customerId: string): Promise<string[]> {
  const rows = await db
    .select({ id: customers.id })
    .from(customers)
    .where(and(eq(customers.workspaceId, workspaceId), eq(customers.mergedInto, customerId)))
  return rows.map(({ id }) => id)
}

/** Whether nothing may be sent to one of these email addresses. */
export async function isSuppressed(
  db: Queryable,
  workspaceId: string,
  addresses: readonly string[],
): Promise<boolean> {
  if (addresses.length === 0) return false
  const [row] = await db
    .select({ address: suppressions.address })
    .from(suppressions)
    .where(
      and(
        eq(suppressions.workspaceId, workspaceId),
        eq(suppressions.channel, 'email'),
        sql`${suppressions.address} = any(${sql.param(addresses.map((one) => one.toLowerCase()))}::text[])`,
      ),
    )
    .limit(1)
  return row !== undefined
}

/** The newest event of a customer, or null. */
export async function lastEventOf(db: Queryable, customerId: string) {
  const [row] = await db
    .select({ name: events.name, properties: events.properties })
    .from(events)
    .where(eq(events.customerId, customerId))
    .orderBy(desc(events.occurredAt), desc(events.id))
    .limit(1)
  return row ?? null
}

/** Creates a customer with identifiers; null when one of these belongs to somebody already. */
export async function insertCustomer(
  tx: Queryable,
  workspaceId: string,
  wanted: { attributes: Record<string, unknown>; identifiers: Identifier[] },
): Promise<string | null> {
  const [made] = await tx
    .insert(customers)
    .values({ workspaceId, attributes: wanted.attributes })
    .returning({ id: customers.id })
  if (!made) throw new Error('An insert of a customer returned no row')
  if (wanted.identifiers.length === 0) return made.id
  const taken = await tx
    .insert(identifiers)
    .values(wanted.identifiers.map((one) => ({ ...one, workspaceId, customerId: made.id })))
    .onConflictDoNothing()
    .returning({ value: identifiers.value })
  return taken.length === wanted.identifiers.length ? made.id : null
}

/**
 * Sets a customer's attributes and clears those whose value is null. Answers false, having changed nothing, when there
 * is no such customer or one value would take the place of a group of values or a list.
 */
export async function updateAttributes(
  db: Queryable,
  workspaceId: string,
  id: string,
  changes: Record<string, unknown>,
): Promise<boolean> {
  const set = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== null))
  const cleared = Object.keys(changes).filter((name) => changes[name] === null)
  // Plain comparisons: a subquery would not be asked again when the row has changed while this waited for its lock.
  const losesNone = Object.keys(set).map(
    (name) =>
      sql`coalesce(jsonb_typeof(${customers.attributes} -> ${name}::text), '') not in ('object', 'array')`,
  )
  const rows = await db
    .update(customers)
    .set({
      attributes: sql`(${customers.attributes} || ${JSON.stringify(set)}::jsonb) - ${sql.param(cleared)}::text[]`,
      updatedAt: sql`now()`,
    })
    .where(and(eq(customers.workspaceId, workspaceId), eq(customers.id, id), ...losesNone))
    .returning({ id: customers.id })
  return rows.length > 0
}

/** A change of consent and where it came from. */
export interface ConsentChange {
  channel: string
  topic: string
  state: 'granted' | 'revoked'
  source: string
  detail?: Record<string, unknown>
}

/**
 * Records a customer's consent or its withdrawal. It takes the engine's mutex of the customer, so that no send can pass
 * its gate between this change and its commit. Follows a merge; answers false when there is no such customer.
 */
export async function changeConsent(
  db: Queryable,
  workspaceId: string,
  customerId: string,
  { channel, topic, state, source, detail = {} }: ConsentChange,
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const [person] = await tx
      .select({ id: sql<string>`coalesce(${customers.mergedInto}, ${customers.id})` })
      .from(customers)
      .where(and(eq(customers.workspaceId, workspaceId), eq(customers.id, customerId)))
    if (!person) return false
    await tx.execute(
      sql`select pg_advisory_xact_lock(${sql.raw(mutexOf('id'))}) from (values (${person.id}::uuid)) as person(id)`,
    )
    const now = sql`clock_timestamp()`
    await tx
      .insert(consents)
      .values({ workspaceId, customerId: person.id, channel, topic, state, source, changedAt: now })
      .onConflictDoUpdate({
        target: [consents.customerId, consents.channel, consents.topic],
        set: { state, source, changedAt: now },
      })
    await tx
      .insert(consentChanges)
      .values({ workspaceId, customerId: person.id, channel, topic, state, source, detail, at: now })
    return true
  })
}
