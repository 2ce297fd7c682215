import { sql } from 'drizzle-orm'
import type { Queryable } from '../open.ts'
import { statement } from '../statement.ts'

/** The channel on which the engine is told that something waits for it which no event brings. */
export const engineCalls = 'tropa_calls'

/**
 * Has the engine look at once, as soon as this transaction has committed, for what it would otherwise find within
 * moments: requests nobody has applied, and messages that waited for a paused journey or a broken connection.
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

/**
 * Takes messages that waited for a connection which was broken and is not any more, or for which another one stands in.
 * Answers as `takeReleased` does.
 */
export const takeMended = statement<[limit: number], { id: string; workspaceId: string }>(
  `with mended as (
     select m.id from messages m
     where m.status = 'planned' and m.reason = 'connection_broken' and exists (
       select 1 from connections n
       where n.workspace_id = m.workspace_id and n.channel = m.channel and n.broken_since is null
         and case when m.clock_id is not null then n.is_mailbox
           when m.connection_id is not null then n.id = m.connection_id else n.is_default end)
     order by m.id limit $1 for no key update of m skip locked)
   update messages m set reason = null, retry_at = null from mended d where m.id = d.id
   returning m.enrollment_id as id, m.workspace_id as "workspaceId"`,
)
