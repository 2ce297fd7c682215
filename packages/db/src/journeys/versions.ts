import type { Plan } from '@tropa/journey'
import { and, count, desc, eq, inArray, sql } from 'drizzle-orm'
import type { Queryable } from '../open.ts'
import { enrollments, journeys, liveEntries, user, versions } from '../tables.ts'

export type VersionRow = typeof versions.$inferSelect

/** A version by its number within its journey, or null. */
export async function findVersion(
  db: Queryable,
  workspaceId: string,
  journeyId: string,
  number: number,
): Promise<VersionRow | null> {
  const [row] = await db
    .select()
    .from(versions)
    .where(
      and(
        eq(versions.workspaceId, workspaceId),
        eq(versions.journeyId, journeyId),
        eq(versions.number, number),
      ),
    )
  return row ?? null
}

/** A version by its id, or null. */
export async function findVersionById(
  db: Queryable,
  workspaceId: string,
  id: string,
): Promise<VersionRow | null> {
  const [row] = await db
    .select()
    .from(versions)
    .where(and(eq(versions.workspaceId, workspaceId), eq(versions.id, id)))
  return row ?? null
}

/** The versions of a journey, newest first, with how many entered each and how many are still inside. */
export async function listVersions(db: Queryable, workspaceId: string, journeyId: string) {
  const inside = db
    .select({
      versionId: enrollments.versionId,
      entered: sql<number>`count(*)::int`.as('entered'),
      active: sql<number>`(count(*) filter (where ${enrollments.status} = 'active'))::int`.as('active'),
    })
    .from(enrollments)
    .where(and(eq(enrollments.workspaceId, workspaceId), eq(enrollments.journeyId, journeyId)))
    .groupBy(enrollments.versionId)
    .as('inside')
  return db
    .select({
      id: versions.id,
      number: versions.number,
      planHash: versions.planHash,
      note: versions.note,
      publishedAt: versions.publishedAt,
      publishedBy: user.name,
      entered: sql<number>`coalesce(${inside.entered}, 0)`,
      active: sql<number>`coalesce(${inside.active}, 0)`,
    })
    .from(versions)
    .leftJoin(user, eq(user.id, versions.publishedBy))
    .leftJoin(inside, eq(inside.versionId, versions.id))
    .where(and(eq(versions.workspaceId, workspaceId), eq(versions.journeyId, journeyId)))
    .orderBy(desc(versions.number))
}

/** Freezes a graph and its plan under the journey's next number. The journey must be locked by the caller. */
export async function insertVersion(
  tx: Queryable,
  row: Omit<typeof versions.$inferInsert, 'number'>,
): Promise<VersionRow> {
  const [last] = await tx
    .select({ number: sql<number>`coalesce(max(${versions.number}), 0)::int` })
    .from(versions)
    .where(eq(versions.journeyId, row.journeyId))
  const [made] = await tx
    .insert(versions)
    .values({ ...row, number: (last?.number ?? 0) + 1 })
    .returning()
  if (!made) throw new Error('An insert of a version returned no row')
  return made
}

/** Makes exactly the entries of one version the ways into its journey. */
export async function replaceLiveEntries(
  tx: Queryable,
  version: { workspaceId: string; journeyId: string; id: string; plan: Plan },
): Promise<void> {
  await tx.delete(liveEntries).where(eq(liveEntries.journeyId, version.journeyId))
  if (version.plan.entries.length === 0) return
  await tx.insert(liveEntries).values(
    version.plan.entries.map((entry) => ({
      workspaceId: version.workspaceId,
      event: entry.event,
      journeyId: version.journeyId,
      versionId: version.id,
      nodeId: entry.node,
    })),
  )
}

/** Closes every way into a journey. */
export async function removeLiveEntries(tx: Queryable, journeyId: string): Promise<void> {
  await tx.delete(liveEntries).where(eq(liveEntries.journeyId, journeyId))
}

/** How many enrollments of a journey are active. */
export async function countInside(db: Queryable, workspaceId: string, journeyId: string): Promise<number> {
  const [row] = await db
    .select({ n: count() })
    .from(enrollments)
    .where(
      and(
        eq(enrollments.workspaceId, workspaceId),
        eq(enrollments.journeyId, journeyId),
        eq(enrollments.status, 'active'),
      ),
    )
  return row?.n ?? 0
}

/** The plans that may still be executed: live versions of journeys, with the journeys' names. */
export async function livePlans(db: Queryable, workspaceId: string) {
  return db
    .select({
      journeyId: journeys.id,
      journeyName: journeys.name,
      status: journeys.status,
      plan: versions.plan,
    })
    .from(journeys)
    .innerJoin(versions, eq(versions.id, journeys.liveVersionId))
    .where(and(eq(journeys.workspaceId, workspaceId), inArray(journeys.status, ['live', 'paused'])))
}
