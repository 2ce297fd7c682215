import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { Queryable } from '../open.ts'
import { templates } from '../tables.ts'

export type TemplateRow = typeof templates.$inferSelect

/** What a member writes, and what was made of it; `compiled` is null while there are problems. */
export interface TemplateContent {
  name: string
  subject: string
  preheader: string
  format: 'mjml' | 'html'
  body: string
  compiled: unknown
  variables: string[]
}

/** The templates of a workspace by name, without their bodies. */
export async function listTemplates(db: Queryable, workspaceId: string) {
  return db
    .select({
      id: templates.id,
      channel: templates.channel,
      name: templates.name,
      subject: templates.subject,
      format: templates.format,
      variables: templates.variables,
      revision: templates.revision,
      usable: sql<boolean>`${templates.compiled} is not null`,
      updatedAt: templates.updatedAt,
    })
    .from(templates)
    .where(and(eq(templates.workspaceId, workspaceId), isNull(templates.archivedAt)))
    .orderBy(asc(templates.name), asc(templates.createdAt))
}

/** The templates of a workspace that have mistakes, whole. */
export async function listBrokenTemplates(db: Queryable, workspaceId: string): Promise<TemplateRow[]> {
  return db
    .select()
    .from(templates)
    .where(
      and(eq(templates.workspaceId, workspaceId), isNull(templates.archivedAt), isNull(templates.compiled)),
    )
    .orderBy(asc(templates.name), asc(templates.createdAt))
}

export async function findTemplate(
  db: Queryable,
  workspaceId: string,
  id: string,
): Promise<TemplateRow | null> {
  const [row] = await db
    .select()
    .from(templates)
    .where(and(eq(templates.workspaceId, workspaceId), eq(templates.id, id), isNull(templates.archivedAt)))
  return row ?? null
}

export async function insertTemplate(
  db: Queryable,
  workspaceId: string,
  content: TemplateContent,
): Promise<TemplateRow> {
  const [made] = await db
    .insert(templates)
    .values({ workspaceId, ...content })
    .returning()
  if (!made) throw new Error('An insert of a template returned no row')
  return made
}

/** Saves a template over the revision it was made from; null when somebody saved another meanwhile. */
export async function saveTemplate(
  db: Queryable,
  workspaceId: string,
  id: string,
  revision: number,
  content: TemplateContent,
): Promise<TemplateRow | null> {
  const [row] = await db
    .update(templates)
    .set({ ...content, revision: revision + 1, updatedAt: sql`now()` })
    .where(
      and(
        eq(templates.workspaceId, workspaceId),
        eq(templates.id, id),
        eq(templates.revision, revision),
        isNull(templates.archivedAt),
      ),
    )
    .returning()
  return row ?? null
}

/** Takes a template off the list; messages sent with it keep what they sent. */
export async function archiveTemplate(db: Queryable, workspaceId: string, id: string): Promise<boolean> {
  const rows = await db
    .update(templates)
    .set({ archivedAt: sql`now()` })
    .where(and(eq(templates.workspaceId, workspaceId), eq(templates.id, id), isNull(templates.archivedAt)))
    .returning({ id: templates.id })
  return rows.length > 0
}
