import { sql } from 'drizzle-orm'

/**
 * Whether a customer `c` has nothing but what an import has told, what its own run did with them, and what imports that
 * were taken back have left: then they go with it. Of those whom somebody's path rests on, some enrollment says so.
 */
const hasNothingElse = (importId: string) => sql`(
  not exists (select 1 from events e where e.customer_id = c.id and e.import_id is distinct from ${importId}::uuid)
  and not exists (select 1 from feed f where f.customer_id = c.id and f.import_id <> ${importId}::uuid)
  and not exists (select 1 from consent_changes o where o.customer_id = c.id
    and o.detail->>'importId' is distinct from ${importId} and not o.detail ? 'undoneImportId')
  and not exists (select 1 from customers o where o.merged_into = c.id)
  and not exists (select 1 from enrollments n where n.customer_id = c.id and not exists (
    select 1 from clocks k where k.id = n.clock_id and k.import_id = ${importId}::uuid)))`

/**
 * Whether a customer `c` goes with an import: one of its own, or of an earlier undo who stayed for the sake of this
 * import, who has nothing else.
 */
export const goesWith = (workspaceId: string, importId: string) => sql`(
  c.workspace_id = ${workspaceId}
  and (c.import_id = ${importId}::uuid or c.import_id in (
    select u.id from imports u where u.workspace_id = ${workspaceId} and u.status = 'undone'))
  and ${hasNothingElse(importId)})`
