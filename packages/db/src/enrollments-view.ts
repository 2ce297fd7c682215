import { type SQL, sql } from 'drizzle-orm'
import type { Queryable } from './open.ts'
import { countDeltas, enrollments, nodeCounts, versions } from './tables.ts'

/** One version of a journey, or all of them when `versionId` is null. */
export interface CountScope {
  workspaceId: string
  journeyId: string
  versionId: string | null
}

/**
 * The numbers of every node, in one statement and so of one moment: the folded ones, the changes not yet folded, and
 * who stands where now (`:waiting`).
 */
export async function readCounts(
  db: Queryable,
  scope: CountScope,
): Promise<{ node: string; output: string; n: number }[]> {
  const found = await db.execute<{ node: string; output: string; n: number }>(sql`
    with wanted as (
      select ${versions.id} as id from ${versions}
      where ${versions.workspaceId} = ${scope.workspaceId} and ${versions.journeyId} = ${scope.journeyId}
        ${scope.versionId ? sql`and ${versions.id} = ${scope.versionId}` : sql``}
    )
    select node, output, sum(n)::int as n from (
      select ${nodeCounts.node}, ${nodeCounts.output}, ${nodeCounts.n}
      from ${nodeCounts} where ${nodeCounts.versionId} in (select id from wanted)
      union all
      select ${countDeltas.node}, ${countDeltas.output}, ${countDeltas.n}
      from ${countDeltas} where ${countDeltas.versionId} in (select id from wanted)
      union all
      select ${enrollments.place}, ':waiting', 1
      from ${enrollments} where ${enrollments.versionId} in (select id from wanted)
        and ${enrollments.status} = 'active' and ${enrollments.place} is not null
    ) as numbers
    group by node, output`)
  return found.rows
}

/** How many enrollments there are in each state. */
export async function readTotals(db: Queryable, scope: CountScope) {
  const ofVersion: SQL = scope.versionId ? sql`and ${enrollments.versionId} = ${scope.versionId}` : sql``
  const found = await db.execute<{ status: string; n: number }>(sql`
    select ${enrollments.status} as status, count(*)::int as n from ${enrollments}
    where ${enrollments.workspaceId} = ${scope.workspaceId} and ${enrollments.journeyId} = ${scope.journeyId}
      ${ofVersion}
    group by ${enrollments.status}`)
  const totals = { entered: 0, active: 0, completed: 0, exited: 0, failed: 0, removed: 0 }
  for (const { status, n } of found.rows) {
    totals.entered += n
    if (status in totals) totals[status as keyof typeof totals] += n
  }
  return totals
}
