import type { Graph } from '@tropa/journey'
import { and, desc, eq, ne } from 'drizzle-orm'
import type { Queryable } from '../open.ts'
import { imports, journeys } from '../tables.ts'

/** How many drafts and waiting files are looked through for names, the latest ones. */
const most = 50

/** The drafts of a workspace's journeys, latest first. */
export async function readDrafts(
  db: Queryable,
  workspaceId: string,
): Promise<{ id: string; name: string; draft: Graph }[]> {
  return db
    .select({ id: journeys.id, name: journeys.name, draft: journeys.draft })
    .from(journeys)
    .where(and(eq(journeys.workspaceId, workspaceId), ne(journeys.status, 'archived')))
    .orderBy(desc(journeys.updatedAt))
    .limit(most)
}

/** The files of a workspace that have been uploaded and not yet brought in, latest first. */
export async function readWaitingFiles(db: Queryable, workspaceId: string) {
  return db
    .select({
      id: imports.id,
      fileName: imports.fileName,
      format: imports.format,
      mapping: imports.mapping,
    })
    .from(imports)
    .where(and(eq(imports.workspaceId, workspaceId), eq(imports.status, 'uploaded')))
    .orderBy(desc(imports.createdAt))
    .limit(most)
}
