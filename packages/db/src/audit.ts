import { and, desc, eq, sql } from 'drizzle-orm'
import type { Queryable } from './open.ts'
import { olderThan, type Page, position } from './page.ts'
import { audit, user } from './tables.ts'

/** Writes down what a member did. */
export async function insertAudit(db: Queryable, row: typeof audit.$inferInsert): Promise<void> {
  await db.insert(audit).values(row)
}

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
