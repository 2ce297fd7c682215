import { sql } from 'drizzle-orm'
import type { Queryable } from '../open.ts'

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
 * events that began them, ended a wait or matched an exit rule.
 */
export async function countBrought(db: Queryable, workspaceId: string, importId: string): Promise<Brought> {
  const found = await db.execute<Brought & Record<string, unknown>>(sql`
    with run as materialized (
      select e.id from clocks k join enrollments e on e.clock_id = k.id
      where k.workspace_id = ${workspaceId} and k.import_id = ${importId}::uuid
    ), came as materialized (
      select id, customer_id from events where workspace_id = ${workspaceId} and import_id = ${importId}::uuid
    ), other as materialized (
      select n.id, coalesce(c.merged_into, n.customer_id) as person, n.customer_id, n.entry_event_id
      from enrollments n left join customers c on c.id = n.customer_id
      where n.workspace_id = ${workspaceId} and not exists (select 1 from run r where r.id = n.id)
    ), rested as (
      select e.id, e.customer_id from came e
      where e.id in (select entry_event_id from other)
        or exists (
          select 1 from other o where e.customer_id in (o.person, o.customer_id) and (
            exists (select 1 from waits w where w.enrollment_id = o.id and w.matched_event_id = e.id)
            or exists (select 1 from steps s where s.enrollment_id = o.id
              and e.id::text in (s.input #>> '{event,id}', s.input ->> 'eventId'))))
    ), going as (
      select c.id from customers c
      where c.workspace_id = ${workspaceId} and c.import_id = ${importId}::uuid
        and not exists (select 1 from events e where e.customer_id = c.id and e.import_id is distinct from ${importId}::uuid)
        and not exists (select 1 from rested e where e.customer_id = c.id)
        and not exists (select 1 from feed f where f.customer_id = c.id and f.import_id <> ${importId}::uuid)
        and not exists (select 1 from consent_changes o where o.customer_id = c.id
          and o.detail->>'importId' is distinct from ${importId} and not o.detail ? 'undoneImportId')
        and not exists (select 1 from customers o where o.merged_into = c.id)
        and not exists (select 1 from other o where o.customer_id = c.id)
    )
    select (select count(*) from came)::int - (select count(*) from rested)::int as events,
      (select count(*) from going)::int as customers,
      (select count(*) from run)::int as enrollments,
      (select count(*) from messages m join run r on r.id = m.enrollment_id where m.status = 'accepted')::int as letters`)
  return found.rows[0] ?? { events: 0, customers: 0, enrollments: 0, letters: 0 }
}
