import { sql } from 'drizzle-orm'
import type { Queryable } from '../open.ts'
import { statement } from '../statement.ts'

/**
 * Says that an engine lives and, when `works`, that it reaches everything it needs. Engines not heard of for a day are
 * forgotten.
 */
export const engineSeen = statement<[engineId: string, works: boolean]>(
  `with forgotten as (delete from engines where seen_at < now() - interval '1 day' and id <> $1::uuid)
   insert into engines (id, seen_at, worked_at) values ($1::uuid, now(), case when $2::boolean then now() end)
   on conflict (id) do update set seen_at = now(), worked_at = coalesce(excluded.worked_at, engines.worked_at)`,
)

export interface EnginesSeen {
  /** Whether one has said lately that it lives, and whether one has worked lately. */
  lives: boolean
  works: boolean
  /** When one last lived and last worked; null when none is known to have. */
  seenAt: string | null
  workedAt: string | null
}

/** What is known of the engines; “lately” is within so many seconds, by the clock of the database. */
export async function lookAtEngines(db: Queryable, withinSeconds: number): Promise<EnginesSeen> {
  const within = sql`now() - make_interval(secs => ${withinSeconds}::float8)`
  const iso = (column: ReturnType<typeof sql>) =>
    sql`to_char(max(${column}) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`
  const found = await db.execute<Record<string, unknown>>(sql`
    select coalesce(max(seen_at) > ${within}, false) as lives, coalesce(max(worked_at) > ${within}, false) as works,
      ${iso(sql`seen_at`)} as seen_at, ${iso(sql`worked_at`)} as worked_at from engines`)
  const row = found.rows[0] ?? {}
  return {
    lives: row.lives === true,
    works: row.works === true,
    seenAt: row.seen_at === null ? null : String(row.seen_at),
    workedAt: row.worked_at === null ? null : String(row.worked_at),
  }
}
