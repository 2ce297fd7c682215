import { eq } from 'drizzle-orm'
import type { Queryable } from '../open.ts'
import { organization, workspaceSettings } from '../tables.ts'

/** What a member may change about a workspace. */
export interface Settings {
  name: string
  timeZone: string
  currency: string
  language: string
}

/** The settings of a workspace, or null when there is none. */
export async function readSettings(db: Queryable, workspaceId: string): Promise<Settings | null> {
  const [row] = await db
    .select({
      name: organization.name,
      timeZone: workspaceSettings.timeZone,
      currency: workspaceSettings.currency,
      language: workspaceSettings.language,
    })
    .from(organization)
    .innerJoin(workspaceSettings, eq(workspaceSettings.workspaceId, organization.id))
    .where(eq(organization.id, workspaceId))
  return row ?? null
}

/** Changes some of a workspace's settings. */
export async function updateSettings(
  db: Queryable,
  workspaceId: string,
  { name, ...rest }: Partial<Settings>,
): Promise<void> {
  await db.transaction(async (tx) => {
    if (name !== undefined)
      await tx.update(organization).set({ name }).where(eq(organization.id, workspaceId))
    if (Object.keys(rest).length > 0)
      await tx.update(workspaceSettings).set(rest).where(eq(workspaceSettings.workspaceId, workspaceId))
  })
}
