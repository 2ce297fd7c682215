import { type SQL, sql } from 'drizzle-orm'
import type { Queryable } from '../open.ts'
import { statement } from '../statement.ts'

/** What a later change by the same import writes: what somebody else set in between is what an undo gives back. */
export const laterChange = `on conflict (import_id, customer_id, name) do update set
  before = case when attributes_before.said_since or attributes_before.after is distinct from excluded.before
    then excluded.before else attributes_before.before end, after = excluded.after, said_since = false`

/** The same person under every id: their own and those of customers merged into them. */
const idsOf = (id: string) =>
  `(select ${id} as id union all select m.id from customers m where m.merged_into = ${id}) person`

/**
 * Notes that somebody other than an import has said what these attributes are, be it the same value, so that no undo takes
 * it back. `said` has a customer's `id` and the attributes by name: those set in `patch`, those cleared in `removed`.
 */
export const noteSaid = (said: string): string => `
  update attributes_before b set said_since = true
  from ${said} said cross join lateral ${idsOf('said.id')}
    cross join lateral (select jsonb_object_keys(said.patch) as name union all select unnest(said.removed)) told
  where b.customer_id = person.id and b.name = told.name and not b.said_since`

/** Notes what a member has just said a customer's attributes are; `null` clears one. */
export async function noteSaidByMember(
  tx: Queryable,
  customerId: string,
  changes: Record<string, unknown>,
): Promise<void> {
  await tx.execute(sql`
    with said as (select ${customerId}::uuid as id, ${JSON.stringify(changes)}::jsonb as patch, '{}'::text[] as removed)
    ${sql.raw(noteSaid('said'))}`)
}

/** Notes what a live journey has just said a customer's attributes are. */
export const noteSaidByJourney = statement<[customerId: string, changes: string, cleared: string[]]>(
  noteSaid(`(select $1::uuid as id, $2::jsonb as patch, $3::text[] as removed)`),
)

/**
 * Notes the attributes that a test enrollment is about to set or clear, as they are, for the undo of the run whose clock
 * it lives by. Customers whom the run itself has brought need none: they go with it.
 */
export const noteTestChange = statement<
  [clockId: string, customerId: string, changes: string, cleared: string[]]
>(
  `insert into attributes_before (import_id, customer_id, name, workspace_id, before, after)
   select k.import_id, c.id, change.name, c.workspace_id, c.attributes -> change.name, change.value
   from clocks k cross join (select * from customers where id = $2::uuid for no key update) c
   cross join lateral (
     select key as name, value from jsonb_each($3::jsonb) union all select unnest($4::text[]), null
   ) change
   where k.id = $1::uuid and c.import_id is distinct from k.import_id
     and c.attributes -> change.name is distinct from change.value
   ${laterChange}`,
)

const pageRows = 5_000

/**
 * Gives customers back one page of the attributes that an import changed, except those changed since by somebody else,
 * and adds up both on the import. What a later import kept of ours becomes what was before us. Answers how many it did.
 */
export async function giveAttributesBack(
  db: Queryable,
  workspaceId: string,
  importId: string,
): Promise<number> {
  return db.transaction(async (tx) => {
    const page = sql`
      select * from attributes_before where workspace_id = ${workspaceId} and import_id = ${importId}::uuid
      order by customer_id, name limit ${pageRows}`
    // Whoever changes attributes holds the customer: with all of them held, what the page says of them is true.
    await tx.execute(sql`
      select c.id from customers c where c.id in (
        select coalesce(o.merged_into, o.id) from (${page}) p join customers o on o.id = p.customer_id)
      order by c.id for no key update`)
    return giveBack(tx, workspaceId, importId, page)
  })
}

async function giveBack(tx: Queryable, workspaceId: string, importId: string, page: SQL): Promise<number> {
  const done = await tx.execute<{ n: number }>(sql`
    with picked as materialized (${page}), persons as (
      select distinct on (coalesce(c.merged_into, c.id), p.name)
        coalesce(c.merged_into, c.id) as id, p.name, p.before, p.after, p.said_since
      from picked p join customers c on c.id = p.customer_id order by 1, 2, c.merged_into is null desc
    ), locked as materialized (
      select c.id, c.attributes from customers c where c.id in (select id from persons) order by c.id for no key update
    ), judged as materialized (
      select p.*, not p.said_since and l.attributes -> p.name is not distinct from p.after as is_ours from persons p join locked l using (id)
    ), folded as (
      select id, coalesce(jsonb_object_agg(name, before) filter (where before is not null), '{}') as patch,
        coalesce(array_agg(name) filter (where before is null), '{}') as gone
      from judged where is_ours group by id
    ), given as (
      update customers c set attributes = (c.attributes || folded.patch) - folded.gone, updated_at = now()
      from folded where c.id = folded.id
    ), handed_on as (
      update attributes_before later set before = p.before from picked p
      where later.customer_id = p.customer_id and later.name = p.name and later.import_id <> p.import_id
        and not p.said_since and later.before is not distinct from p.after
    ), forgotten as (
      delete from attributes_before a using picked p
      where a.import_id = p.import_id and a.customer_id = p.customer_id and a.name = p.name
    ), counted as (
      update imports set undone = coalesce(undone, '{}') || jsonb_build_object(
        'restored', coalesce((undone ->> 'restored')::int, 0) + (select count(*) from judged where is_ours),
        'changedSince', coalesce((undone ->> 'changedSince')::int, 0) + (select count(*) from judged where not is_ours))
      where workspace_id = ${workspaceId} and id = ${importId}::uuid
    )
    select count(*)::int as n from picked`)
  return done.rows[0]?.n ?? 0
}
