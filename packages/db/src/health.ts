import { sql } from 'drizzle-orm'
import type { Queryable } from './open.ts'

/** Whether the database answers and has been migrated to what this code expects. */
export async function hasSchema(db: Queryable): Promise<boolean> {
  const { rows } = await db.execute<{ ready: boolean }>(
    sql`select to_regclass('engines') is not null as ready`,
  )
  return rows[0]?.ready ?? false
}
