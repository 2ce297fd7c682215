import { and, asc, eq, sql } from 'drizzle-orm'
import { callEngine } from '../engine/engine-calls.ts'
import type { Queryable } from '../open.ts'
import { connections } from '../tables.ts'
import { marking } from './mark-connection.ts'

export type ConnectionRow = typeof connections.$inferSelect

/** What a connection's sealed secrets are bound to, so that a ciphertext moved to another row does not open. */
export function secretsOwner(connection: { workspaceId: string; id: string }): string {
  return `${connection.workspaceId}/${connection.id}`
}

/** The connections of a workspace, the default one first. */
export async function listConnections(db: Queryable, workspaceId: string): Promise<ConnectionRow[]> {
  return db
    .select()
    .from(connections)
    .where(eq(connections.workspaceId, workspaceId))
    .orderBy(sql`${connections.isDefault} desc`, asc(connections.createdAt))
}

export async function findConnection(
  db: Queryable,
  workspaceId: string,
  id: string,
): Promise<ConnectionRow | null> {
  const [row] = await db
    .select()
    .from(connections)
    .where(and(eq(connections.workspaceId, workspaceId), eq(connections.id, id)))
  return row ?? null
}

/** The connection into the built-in mailbox, or null. */
export async function findMailboxConnection(
  db: Queryable,
  workspaceId: string,
): Promise<ConnectionRow | null> {
  const [row] = await db
    .select()
    .from(connections)
    .where(and(eq(connections.workspaceId, workspaceId), eq(connections.isMailbox, true)))
    .limit(1)
  return row ?? null
}

/** Adds a connection; when it is the default one, the former default of its channel steps back. */
export async function insertConnection(
  db: Queryable,
  row: typeof connections.$inferInsert,
): Promise<ConnectionRow> {
  return db.transaction(async (tx) => {
    if (row.isDefault) await clearDefault(tx, row.workspaceId, row.channel)
    const [made] = await tx.insert(connections).values(row).returning()
    if (!made) throw new Error('An insert of a connection returned no row')
    return made
  })
}

/** What may change about a connection. */
export interface ConnectionChange {
  name?: string
  config?: Record<string, unknown>
  secrets?: string | null
  isDefault?: true
  disabledAt?: Date | null
}

/** Changes a connection; new settings or secrets clear the mark that it is broken, and what waited for it goes out. */
export async function updateConnection(
  db: Queryable,
  row: ConnectionRow,
  change: ConnectionChange,
): Promise<ConnectionRow> {
  return db.transaction(async (tx) => {
    if (change.isDefault) await clearDefault(tx, row.workspaceId, row.channel)
    const [changed] = await tx
      .update(connections)
      .set(change)
      .where(and(eq(connections.workspaceId, row.workspaceId), eq(connections.id, row.id)))
      .returning()
    if (!changed) throw new Error(`Connection ${row.id} vanished while it was changed`)
    const mended = change.config || change.secrets !== undefined || change.disabledAt === null
    if (!mended) return changed
    await markWorking(tx, changed)
    return { ...changed, brokenSince: null, brokenReason: null }
  })
}

/** What waited for the former default goes out over the new one. */
async function clearDefault(tx: Queryable, workspaceId: string, channel: string): Promise<void> {
  await callEngine(tx)
  await tx
    .update(connections)
    .set({ isDefault: false })
    .where(and(eq(connections.workspaceId, workspaceId), eq(connections.channel, channel)))
}

export async function deleteConnection(db: Queryable, workspaceId: string, id: string): Promise<void> {
  await db.delete(connections).where(and(eq(connections.workspaceId, workspaceId), eq(connections.id, id)))
}

/** Marks a connection as working: what waited for it goes out. */
export async function markWorking(db: Queryable, { id }: Pick<ConnectionRow, 'id'>): Promise<void> {
  await db.execute(sql`with told as (select ${id}::uuid as id, null::jsonb as reason), ${sql.raw(marking)}`)
}

/** Points every mailbox connection at the port on which the mailbox listens now. */
export async function moveMailboxConnections(db: Queryable, port: number): Promise<void> {
  await db
    .update(connections)
    .set({ config: sql`${connections.config} || ${JSON.stringify({ port })}::jsonb` })
    .where(
      and(
        eq(connections.isMailbox, true),
        sql`(${connections.config} ->> 'port') is distinct from ${String(port)}`,
      ),
    )
}
