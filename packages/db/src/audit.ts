import { and, desc, eq, sql } from 'drizzle-orm'
import type { Queryable } from './open.ts'
import { olderThan, type Page, position } from './page.ts'
import { audit, user } from './tables.ts'

/** Writes down what a member did. */
export async function insertAudit(db: Queryable, row: typeof audit.$inferInsert): Promise<void> {
  await db.insert(audit).values(row)
}

const customerName = sql`(
  select coalesce(nullif(concat_ws(' ', c.attributes ->> 'first_name', c.attributes ->> 'last_name'), ''),
    (select i.value from identifiers i where i.customer_id = c.id order by i.created_at, i.value limit 1))
  from customers c where c.id = ${audit.objectId}::uuid)`

/** What the changed thing is called now; null when it has no name or is gone. The cases say whose ids are uuids. */
const objectName = sql<string | null>`case ${audit.object}
  when 'journeys' then (select name from journeys where id = ${audit.objectId}::uuid)
  when 'templates' then (select name from templates where id = ${audit.objectId}::uuid)
  when 'connections' then (select name from connections where id = ${audit.objectId}::uuid)
  when 'imports' then (select file_name from imports where id = ${audit.objectId}::uuid)
  when 'keys' then (select name from api_keys where id = ${audit.objectId}::uuid)
  when 'members' then (select name from "user" u where u.id = ${audit.objectId})
  when 'invitations' then (select email from invitation where id = ${audit.objectId})
  when 'enrollments' then (select j.name from enrollments e join journeys j on j.id = e.journey_id
    where e.id = ${audit.objectId}::uuid)
  when 'messages' then (select subject from messages where id = ${audit.objectId}::uuid)
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
