import { sql } from 'drizzle-orm'
import type { Queryable } from '../open.ts'
import { goesWith } from './nothing-else.ts'
import { restedOnBy } from './rested-on.ts'

/** How much of what an import has brought goes when it is undone now. */
export interface Brought {
  events: number
  customers: number
  /** Test enrollments of its compressed run, active or ended. */
  enrollments: number
  /** Letters of those that the built-in mailbox took. */
  letters: number
}

/**
 * Counts what an undo would remove. Paths that did not come of the import's own run keep their customers, and the
 * events they rest on.
 */
export async function countBrought(db: Queryable, workspaceId: string, importId: string): Promise<Brought> {
  const found = await db.execute<Brought & Record<string, unknown>>(sql`
    with run as materialized (
      select e.id from clocks k join enrollments e on e.clock_id = k.id
      where k.workspace_id = ${workspaceId} and k.import_id = ${importId}::uuid
    ), came as materialized (
      select id, customer_id from events where workspace_id = ${workspaceId} and import_id = ${importId}::uuid
    ), touched as (
      select customer_id as id from came
      union select id from customers where workspace_id = ${workspaceId} and import_id = ${importId}::uuid
    ), people as materialized (
      select id from touched union select o.id from customers o join touched t on o.merged_into = t.id
    ), other as materialized (
      select n.id, n.customer_id, n.entry_event_id from people p join enrollments n on n.customer_id = p.id
      where n.id not in (select id from run)
    ), restedOn as (
      ${restedOnBy('other')}
    ), rested as materialized (
      select e.id from came e join restedOn r on r.id = e.id
    ), going as (
      select c.id from customers c where ${goesWith(workspaceId, importId)}
    )
    select (select count(*) from came)::int - (select count(*) from rested)::int as events,
      (select count(*) from going)::int as customers,
      (select count(*) from run)::int as enrollments,
      (select count(*) from messages m join run r on r.id = m.enrollment_id where m.status = 'accepted')::int as letters`)
  return found.rows[0] ?? { events: 0, customers: 0, enrollments: 0, letters: 0 }
}
