import { sql } from 'drizzle-orm'
import type { Queryable } from './open.ts'
import { statement } from './statement.ts'

/** The channel on which the engine is told that something waits for it which no event brings. */
export const engineCalls = 'tropa_calls'

/**
 * Has the engine look at once, as soon as this transaction has committed, for what it would otherwise find within
 * moments: requests nobody has applied, and messages of journeys that are no longer paused.
 */
export async function callEngine(tx: Queryable): Promise<void> {
  await tx.execute(sql`select pg_notify(${engineCalls}, '')`)
}

/**
 * Takes messages that waited for a journey which is no longer paused: they may go out now. Answers their enrollments;
 * a wake-up that is lost after this is made up for as with any message that is due.
 */
export const takeReleased = statement<[limit: number], { id: string; workspaceId: string }>(
  `with released as (
     select m.id from messages m
     where m.status = 'planned' and m.reason = 'journey_paused'
       and m.journey_id in (select id from journeys where status <> 'paused')
     order by m.id limit $1 for no key update of m skip locked)
   update messages m set reason = null, retry_at = null from released r where m.id = r.id
   returning m.enrollment_id as id, m.workspace_id as "workspaceId"`,
)
