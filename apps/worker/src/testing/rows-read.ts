import type { Database, Queryable } from '@tropa/db'
import { sql } from 'drizzle-orm'

/**
 * How many rows of tables and entries of indexes are gone through for what `work` asks of the transaction, by Postgres'
 * own count: it tells of a plan what no clock can.
 */
export async function rowsRead(db: Database, work: (tx: Queryable) => Promise<unknown>): Promise<number> {
  return db.transaction(async (tx) => {
    // What other processes read for a parallel plan would be counted apart.
    await tx.execute(sql`set local max_parallel_workers_per_gather = 0`)
    const counted = async () => {
      const found = await tx.execute<{ n: number }>(sql`
        select sum(pg_stat_get_xact_tuples_returned(oid))::float8 as n from pg_class
        where relkind in ('r', 'i') and relnamespace = 'public'::regnamespace`)
      return found.rows[0]?.n ?? Number.NaN
    }
    const before = await counted()
    await work(tx)
    return (await counted()) - before
  })
}
