import { readFileSync } from 'node:fs'
import { sql } from 'drizzle-orm'
import type { Queryable } from './open.ts'

const journal = new URL('../migrations/meta/_journal.json', import.meta.url)

/** When the newest migration of this code was made, epoch milliseconds: the database keeps the same of those it has had. */
function newestMigration(): number {
  const { entries } = JSON.parse(readFileSync(journal, 'utf8')) as { entries: { when: number }[] }
  return Math.max(...entries.map(({ when }) => when))
}

const newest = newestMigration()

/** Whether the database answers and has been migrated to what this code expects. */
export async function hasSchema(db: Queryable): Promise<boolean> {
  const there = await db.execute<{ ready: boolean }>(
    sql`select to_regclass('drizzle.__drizzle_migrations') is not null as ready`,
  )
  if (!there.rows[0]?.ready) return false
  const { rows } = await db.execute<{ ready: boolean }>(
    sql`select coalesce(max(created_at), 0) >= ${newest} as ready from drizzle.__drizzle_migrations`,
  )
  return rows[0]?.ready ?? false
}
