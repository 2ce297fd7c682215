import { sql } from 'drizzle-orm'
import type { Queryable } from '../open.ts'
import { laterChange, noteSaid } from './attributes-before.ts'

export interface ConsentFact {
  channel: string
  topic?: string | undefined
  state: 'granted' | 'revoked'
  source: string
}

/** What an item says about the customer beside the event itself; an attribute of `null` is removed. */
export interface ProfileChange {
  traits?: Record<string, unknown> | undefined
  timeZone?: string | undefined
  language?: string | undefined
  consents?: ConsentFact[] | undefined
}

type Changed = ProfileChange & { customerId: string }

function foldByCustomer(
  changes: Changed[],
): { id: string; patch: object; removed: string[]; zone?: string; language?: string }[] {
  const folded = new Map<string, { traits: Record<string, unknown>; zone?: string; language?: string }>()
  for (const { customerId, traits, timeZone, language } of changes) {
    if (!traits && !timeZone && !language) continue
    const one = folded.get(customerId) ?? { traits: {} }
    Object.assign(one.traits, traits)
    if (timeZone) one.zone = timeZone
    if (language) one.language = language
    folded.set(customerId, one)
  }
  return [...folded].map(([id, { traits, ...rest }]) => ({
    id,
    patch: Object.fromEntries(Object.entries(traits).filter(([, value]) => value !== null)),
    removed: Object.keys(traits).filter((name) => traits[name] === null),
    ...rest,
  }))
}

/**
 * Applies attributes, zone, language and consents in the order given, one write per customer. Of an import it is kept
 * what the attributes were before, for customers who are not its own.
 */
export async function applyProfiles(
  tx: Queryable,
  workspaceId: string,
  changes: Changed[],
  importId: string | null = null,
): Promise<void> {
  const folded = foldByCustomer(changes)
  if (folded.length > 0) {
    await tx.execute(sql`
      with input as (
        select * from jsonb_to_recordset(${JSON.stringify(folded)}::jsonb)
          as t(id uuid, patch jsonb, removed text[], zone text, language text)
      ), locked as (
        select c.id, c.attributes, c.import_id from customers c join input using (id)
        where c.workspace_id = ${workspaceId} order by c.id for no key update of c
      ), noted as (
        insert into attributes_before (import_id, customer_id, name, workspace_id, before, after)
        select ${importId}::uuid, c.id, change.name, ${workspaceId}, c.attributes -> change.name, change.value
        from locked c join input using (id) cross join lateral (
          select key as name, value from jsonb_each(input.patch) union all select unnest(input.removed), null
        ) change
        where ${importId}::uuid is not null and c.import_id is distinct from ${importId}::uuid
          and c.attributes -> change.name is distinct from change.value
        ${sql.raw(laterChange)}
      ), said as (
        ${sql.raw(noteSaid(importId === null ? 'input' : '(select * from input where false)'))}
      )
      update customers c set attributes = (c.attributes || input.patch) - input.removed,
        time_zone = coalesce(input.zone, c.time_zone), language = coalesce(input.language, c.language),
        updated_at = now()
      from input join locked using (id) where c.id = input.id`)
  }
  await applyConsents(tx, workspaceId, changes, importId)
}

/** The last word per customer, channel and topic counts; an import fills gaps and never overrules a known answer. */
async function applyConsents(
  tx: Queryable,
  workspaceId: string,
  changes: Changed[],
  importId: string | null,
): Promise<void> {
  const last = new Map<string, Record<string, unknown>>()
  for (const { customerId, consents } of changes) {
    for (const { channel, topic = '', state, source } of consents ?? []) {
      const key = `${customerId}\u0000${channel}\u0000${topic}`
      last.set(key, { customer_id: customerId, channel, topic, state, source })
    }
  }
  if (last.size === 0) return
  const rows = [...last].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)
  const onConflict = importId
    ? sql`on conflict do nothing`
    : sql`on conflict (customer_id, channel, topic) do update
        set state = excluded.state, source = excluded.source, changed_at = now()`
  await tx.execute(sql`
    with said as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as t(customer_id uuid, channel text, topic text, state text, source text)
    ), written as (
      insert into consents (workspace_id, customer_id, channel, topic, state, source)
      select ${workspaceId}, customer_id, channel, topic, state, source from said
      ${onConflict} returning customer_id, channel, topic, state, source
    )
    insert into consent_changes (workspace_id, customer_id, channel, topic, state, source, detail)
    select ${workspaceId}, told.*, ${JSON.stringify(importId ? { importId } : {})}::jsonb
    from (select * from written union all ${confirmed(importId)}) told`)
}

/** What an import says that is known already: noted once an import, so that it stands when another one is taken back. */
const confirmed = (importId: string | null) => sql`
  select said.customer_id, said.channel, said.topic, said.state, said.source
  from said join consents k using (customer_id, channel, topic, state)
  where ${importId}::text is not null and not exists (
    select 1 from consent_changes h where h.customer_id = said.customer_id and h.channel = said.channel
      and h.topic = said.topic and h.detail->>'importId' = ${importId}::text)`
