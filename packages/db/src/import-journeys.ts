import { sql } from 'drizzle-orm'
import type { Queryable } from './open.ts'

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
