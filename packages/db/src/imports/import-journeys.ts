import { sql } from 'drizzle-orm'
import type { Queryable } from '../open.ts'

/** A journey that a compressed run has let customers into. */
export interface FedJourney {
  journeyId: string
  name: string
  entered: number
  inside: number
}

/** The journeys in which a compressed run has test enrollments, those with most first. */
export async function journeysOfRun(
  db: Queryable,
  workspaceId: string,
  importId: string,
): Promise<FedJourney[]> {
  const found = await db.execute<FedJourney & Record<string, unknown>>(sql`
    select j.id as "journeyId", j.name, run.entered, run.inside from (
      select e.journey_id, count(*)::int as entered, (count(*) filter (where e.status = 'active'))::int as inside
      from clocks k join enrollments e on e.clock_id = k.id
      where k.workspace_id = ${workspaceId} and k.import_id = ${importId}::uuid group by 1
    ) run join journeys j on j.id = run.journey_id order by run.entered desc, j.name`)
  return found.rows
}

/** A journey as far as it matters to whom it still takes in. */
export interface OpenJourney {
  journeyId: string
  /** The events it begins with. */
  events: string[]
  /** Whether whoever has been in it never comes back. */
  once: boolean
}

/** Whether an event of a compressed run that is still to come, or is not yet worked off, may let anybody into one of these journeys. */
export async function mayLetIn(
  db: Queryable,
  workspaceId: string,
  importId: string,
  journeys: readonly OpenJourney[],
): Promise<boolean> {
  const open = JSON.stringify(journeys)
  const found = await db.execute<{ may: boolean }>(sql`
    select exists (
      select 1 from outbox o join events e on e.id = o.event_id
      where o.workspace_id = ${workspaceId} and e.import_id = ${importId}::uuid
    ) or exists (
      select 1 from jsonb_to_recordset(${open}::jsonb) j("journeyId" uuid, events jsonb, once boolean), feed f
      where f.workspace_id = ${workspaceId} and f.import_id = ${importId}::uuid and j.events ? f.name
        and not (j.once and exists (
          select 1 from clocks k join enrollments n on n.clock_id = k.id
          where k.import_id = f.import_id and n.journey_id = j."journeyId" and n.customer_id = f.customer_id))
    ) as may`)
  return found.rows[0]?.may ?? true
}
