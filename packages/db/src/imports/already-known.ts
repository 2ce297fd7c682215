import { sql } from 'drizzle-orm'
import type { Queryable } from '../open.ts'
import type { imports } from '../tables.ts'

/** What other imports of the same file have left that was not taken back. */
export interface Earlier {
  /** Events that stand on timelines as what really happened. */
  stored: number
  /** Test events that a fast clock has let through. */
  played: number
}

/** How many events of the same file earlier imports have brought that are still there. */
export async function readEarlier(
  db: Queryable,
  { workspaceId, id, fileHash }: Pick<typeof imports.$inferSelect, 'workspaceId' | 'id' | 'fileHash'>,
): Promise<Earlier> {
  const found = await db.execute<Earlier & Record<string, unknown>>(sql`
    select coalesce(sum(rows_stored) filter (where mode <> 'compressed'), 0)::int as stored,
      coalesce(sum(events_fed) filter (where mode = 'compressed'), 0)::int as played
    from imports where workspace_id = ${workspaceId} and id <> ${id}::uuid and file_hash = ${fileHash}
      and status <> 'undone'`)
  return found.rows[0] ?? { stored: 0, played: 0 }
}

/** How many of these values of an identifier a workspace knows a customer by. */
export async function countKnown(
  db: Queryable,
  workspaceId: string,
  type: string,
  values: readonly string[],
): Promise<number> {
  const found = await db.execute<{ n: number }>(sql`
    select count(*)::int as n from jsonb_array_elements_text(${JSON.stringify(values)}::jsonb) told
      join identifiers i on i.workspace_id = ${workspaceId} and i.type = ${type} and i.value = told.value`)
  return found.rows[0]?.n ?? 0
}

/** Whether an import has stored anything; seen by one event of it. */
export async function hasStored(db: Queryable, importId: string): Promise<boolean> {
  const found = await db.execute<{ has: boolean }>(
    sql`select exists (select 1 from events where import_id = ${importId}::uuid) as has`,
  )
  return found.rows[0]?.has ?? false
}

/** Which of these events an import has stored at least one of. */
export async function namesStored(
  db: Queryable,
  importId: string,
  names: readonly string[],
): Promise<string[]> {
  const found = await db.execute<{ name: string }>(sql`
    select told.value as name from jsonb_array_elements_text(${JSON.stringify(names)}::jsonb) told
    where exists (select 1 from events e where e.import_id = ${importId}::uuid and e.name = told.value)`)
  return found.rows.map(({ name }) => name)
}
