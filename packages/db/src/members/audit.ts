import { and, desc, eq, type SQL, sql } from 'drizzle-orm'
import type { Queryable } from '../open.ts'
import { olderThan, type Page, position } from '../page.ts'
import { audit, user } from '../tables.ts'

/** Writes down what a member did. */
export async function insertAudit(db: Queryable, row: typeof audit.$inferInsert): Promise<void> {
  await db.insert(audit).values(row)
}

/** The id of the changed thing as a uuid; null when it is none. */
const objectUuid = sql`case when ${audit.objectId} ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
  then ${audit.objectId}::uuid end`

/** Only what belongs to the workspace of the line is named. */
const here = (table: SQL) => sql`${table}.id = ${objectUuid} and ${table}.workspace_id = ${audit.workspaceId}`

const customerName = sql`(
  select coalesce(nullif(concat_ws(' ', c.attributes ->> 'first_name', c.attributes ->> 'last_name'), ''),
    (select i.value from identifiers i where i.customer_id = c.id order by i.created_at, i.value limit 1))
  from customers c where ${here(sql`c`)})`

/** What the changed thing is called now; null when it has no name or is gone. A member who has left keeps theirs. */
const objectName = sql<string | null>`case ${audit.object}
  when 'journeys' then (select j.name from journeys j where ${here(sql`j`)})
  when 'templates' then (select t.name from templates t where ${here(sql`t`)})
  when 'connections' then (select n.name from connections n where ${here(sql`n`)})
  when 'imports' then (select i.file_name from imports i where ${here(sql`i`)})
  when 'keys' then (select k.name from api_keys k where ${here(sql`k`)})
  when 'members' then (select u.name from "user" u where u.id = ${audit.objectId})
  when 'invitations' then (select v.email from invitation v
    where v.id = ${audit.objectId} and v.organization_id = ${audit.workspaceId})
  when 'enrollments' then (select j.name from enrollments e join journeys j on j.id = e.journey_id
    where ${here(sql`e`)})
  when 'messages' then (select m.subject from messages m where ${here(sql`m`)})
  when 'customers' then ${customerName} when 'consents' then ${customerName} end`

/** What members did in a workspace, newest first. */
export async function listAudit(db: Queryable, workspaceId: string, { after, limit }: Page) {
  return db
    .select({
      id: audit.id,
      memberId: audit.memberId,
      memberName: user.name,
      action: audit.action,
      object: audit.object,
      objectId: audit.objectId,
      objectName,
      detail: audit.detail,
      at: audit.at,
      ...position(audit.at, sql`lpad(${audit.id}::text, 20, '0')`),
    })
    .from(audit)
    .leftJoin(user, eq(user.id, audit.memberId))
    .where(
      and(
        eq(audit.workspaceId, workspaceId),
        olderThan(audit.at, sql`lpad(${audit.id}::text, 20, '0')`, after),
      ),
    )
    .orderBy(desc(audit.at), desc(audit.id))
    .limit(limit + 1)
}
