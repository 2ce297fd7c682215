import { sql } from 'drizzle-orm'
import type { KeptClock } from '../enrollments/enrollment-path.ts'
import { clockNow } from '../enrollments/enrollment-path.ts'
import type { Queryable } from '../open.ts'
import { clocks, enrollments, imports } from '../tables.ts'

/** A fast clock whose run brings customers into a journey, with the file it plays. */
export type JourneyClock = KeptClock & { fileName: string }

/** The latest fast clock that still goes and has brought somebody into a journey, or null. */
export async function readJourneyClock(
  db: Queryable,
  workspaceId: string,
  journeyId: string,
): Promise<JourneyClock | null> {
  const found = await db.execute<{ clock: KeptClock; fileName: string }>(sql`
    select ${clockNow} as clock, ${imports.fileName} as "fileName"
    from ${clocks} join ${imports} on ${imports.id} = ${clocks.importId}
    where ${clocks.workspaceId} = ${workspaceId} and ${clocks.endedAt} is null
      and exists (select 1 from ${enrollments}
        where ${enrollments.clockId} = ${clocks.id} and ${enrollments.journeyId} = ${journeyId})
    order by ${clocks.realStart} desc limit 1`)
  const [row] = found.rows
  return row ? { ...row.clock, fileName: row.fileName } : null
}
