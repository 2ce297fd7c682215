import type { Graph } from '@tropa/journey'
import { and, desc, eq, ilike, inArray, ne, sql } from 'drizzle-orm'
import type { Queryable } from '../open.ts'
import { olderThan, type Page, position } from '../page.ts'
import { enrollments, journeys, user, versions } from '../tables.ts'

export type JourneyRow = typeof journeys.$inferSelect

export type JourneyStatus = JourneyRow['status']

const summary = {
  id: journeys.id,
  name: journeys.name,
  status: journeys.status,
  revision: journeys.revision,
  liveVersion: versions.number,
  updatedAt: journeys.updatedAt,
  updatedBy: user.name,
}

/** The journeys of a workspace, last changed first; archived ones only when asked for. */
export async function listJourneys(
  db: Queryable,
  workspaceId: string,
  filter: { status?: JourneyStatus | undefined; search?: string | undefined },
  { after, limit }: Page,
) {
  return db
    .select({ ...summary, ...position(journeys.updatedAt, journeys.id) })
    .from(journeys)
    .leftJoin(versions, eq(versions.id, journeys.liveVersionId))
    .leftJoin(user, eq(user.id, journeys.updatedBy))
    .where(
      and(
        eq(journeys.workspaceId, workspaceId),
        filter.status ? eq(journeys.status, filter.status) : ne(journeys.status, 'archived'),
        filter.search ? ilike(journeys.name, `%${filter.search.replace(/[\\%_]/g, '\\$&')}%`) : undefined,
        olderThan(journeys.updatedAt, journeys.id, after),
      ),
    )
    .orderBy(desc(journeys.updatedAt), desc(sql`${journeys.id}::text`))
    .limit(limit + 1)
}

/** How many entered each journey, and how many are still inside. */
export async function enrollmentsPerJourney(
  db: Queryable,
  workspaceId: string,
  ids: readonly string[],
): Promise<Map<string, { entered: number; active: number }>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .select({
      journeyId: enrollments.journeyId,
      entered: sql<number>`count(*)::int`,
      active: sql<number>`(count(*) filter (where ${enrollments.status} = 'active'))::int`,
    })
    .from(enrollments)
    .where(and(eq(enrollments.workspaceId, workspaceId), inArray(enrollments.journeyId, [...ids])))
    .groupBy(enrollments.journeyId)
  return new Map(rows.map(({ journeyId, ...counts }) => [journeyId, counts]))
}

/** A journey with its draft, or null. */
export async function findJourney(
  db: Queryable,
  workspaceId: string,
  id: string,
): Promise<JourneyRow | null> {
  const [row] = await db
    .select()
    .from(journeys)
    .where(and(eq(journeys.workspaceId, workspaceId), eq(journeys.id, id)))
  return row ?? null
}

/** Takes a journey for itself until the transaction ends, or answers null. */
export async function lockJourney(
  tx: Queryable,
  workspaceId: string,
  id: string,
): Promise<JourneyRow | null> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`journey ${id}`}, 0))`)
  const [row] = await tx
    .select()
    .from(journeys)
    .where(and(eq(journeys.workspaceId, workspaceId), eq(journeys.id, id)))
    .for('update')
  return row ?? null
}

export async function insertJourney(
  db: Queryable,
  row: { workspaceId: string; name: string; draft: Graph; memberId: string },
): Promise<JourneyRow> {
  const { memberId, ...rest } = row
  const [made] = await db
    .insert(journeys)
    .values({ ...rest, createdBy: memberId, updatedBy: memberId })
    .returning()
  if (!made) throw new Error('An insert of a journey returned no row')
  return made
}

/** Saves a draft over the revision it was made from; null when somebody saved another meanwhile. */
export async function saveDraft(
  db: Queryable,
  workspaceId: string,
  id: string,
  save: { revision: number; graph: Graph; memberId: string },
): Promise<number | null> {
  const [row] = await db
    .update(journeys)
    .set({
      draft: save.graph,
      revision: save.revision + 1,
      updatedAt: sql`now()`,
      updatedBy: save.memberId,
    })
    .where(
      and(
        eq(journeys.workspaceId, workspaceId),
        eq(journeys.id, id),
        eq(journeys.revision, save.revision),
        ne(journeys.status, 'archived'),
      ),
    )
    .returning({ revision: journeys.revision })
  return row?.revision ?? null
}

/** Changes a journey's name, status or live version. */
export async function updateJourney(
  db: Queryable,
  workspaceId: string,
  id: string,
  change: { name?: string; status?: JourneyStatus; liveVersionId?: string },
  memberId: string,
): Promise<boolean> {
  const rows = await db
    .update(journeys)
    .set({ ...change, updatedAt: sql`now()`, updatedBy: memberId })
    .where(and(eq(journeys.workspaceId, workspaceId), eq(journeys.id, id)))
    .returning({ id: journeys.id })
  return rows.length > 0
}

/** The name of a member, for showing who changed something. */
export async function memberName(db: Queryable, userId: string | null): Promise<string | null> {
  if (userId === null) return null
  const [row] = await db.select({ name: user.name }).from(user).where(eq(user.id, userId))
  return row?.name ?? null
}
