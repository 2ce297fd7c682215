import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import type { Queryable } from '../open.ts'
import { apiKeys } from '../tables.ts'

const shown = {
  id: apiKeys.id,
  kind: apiKeys.kind,
  name: apiKeys.name,
  lastFour: apiKeys.lastFour,
  origins: apiKeys.origins,
  createdAt: apiKeys.createdAt,
  lastUsedAt: apiKeys.lastUsedAt,
}

/** The keys of a workspace that still work, newest first; never the keys themselves. */
export async function listKeys(db: Queryable, workspaceId: string) {
  return db
    .select(shown)
    .from(apiKeys)
    .where(and(eq(apiKeys.workspaceId, workspaceId), isNull(apiKeys.revokedAt)))
    .orderBy(desc(apiKeys.createdAt))
}

export async function insertKey(db: Queryable, row: typeof apiKeys.$inferInsert) {
  const [made] = await db.insert(apiKeys).values(row).returning(shown)
  if (!made) throw new Error('An insert of a key returned no row')
  return made
}

/** Says which pages may send with a write key; answers null when there is no such working key. */
export async function setOrigins(db: Queryable, workspaceId: string, id: string, origins: string[]) {
  const [row] = await db
    .update(apiKeys)
    .set({ origins })
    .where(
      and(
        eq(apiKeys.workspaceId, workspaceId),
        eq(apiKeys.id, id),
        eq(apiKeys.kind, 'write'),
        isNull(apiKeys.revokedAt),
      ),
    )
    .returning(shown)
  return row ?? null
}

/** Makes a key stop working; answers false when there is no such working key. */
export async function revokeKey(db: Queryable, workspaceId: string, id: string): Promise<boolean> {
  const rows = await db
    .update(apiKeys)
    .set({ revokedAt: sql`now()` })
    .where(and(eq(apiKeys.workspaceId, workspaceId), eq(apiKeys.id, id), isNull(apiKeys.revokedAt)))
    .returning({ id: apiKeys.id })
  return rows.length > 0
}

/** A key of the event API that works; `origins` are the only pages that may send with a write key, empty for any. */
export type WorkingKey = Pick<typeof apiKeys.$inferSelect, 'id' | 'workspaceId' | 'kind' | 'origins'>

/** The working key with this hash, whatever its workspace: the key itself says which. */
export async function findWorkingKey(db: Queryable, hash: string): Promise<WorkingKey | null> {
  const { id, workspaceId, kind, origins } = apiKeys
  const [row] = await db
    .select({ id, workspaceId, kind, origins })
    .from(apiKeys)
    .where(and(eq(apiKeys.hash, hash), isNull(apiKeys.revokedAt)))
  return row ?? null
}

export async function markKeyUsed(db: Queryable, id: string, at: Date): Promise<void> {
  await db.update(apiKeys).set({ lastUsedAt: at }).where(eq(apiKeys.id, id))
}
