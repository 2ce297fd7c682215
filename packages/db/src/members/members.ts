import { and, asc, count, desc, eq, gt, ne, sql } from 'drizzle-orm'
import type { Queryable } from '../open.ts'
import { account, invitation, member, organization, user, workspaceSettings } from '../tables.ts'

/** The role of a person in a workspace, or null when they are not a member. */
export async function roleOf(db: Queryable, workspaceId: string, userId: string): Promise<string | null> {
  const [row] = await db
    .select({ role: member.role })
    .from(member)
    .where(and(eq(member.organizationId, workspaceId), eq(member.userId, userId)))
  return row?.role ?? null
}

/** The workspaces a person is a member of, oldest first. */
export async function workspacesOf(db: Queryable, userId: string) {
  return db
    .select({
      id: organization.id,
      name: organization.name,
      slug: organization.slug,
      metadata: organization.metadata,
      role: member.role,
      timeZone: workspaceSettings.timeZone,
      currency: workspaceSettings.currency,
      language: workspaceSettings.language,
    })
    .from(member)
    .innerJoin(organization, eq(organization.id, member.organizationId))
    .innerJoin(workspaceSettings, eq(workspaceSettings.workspaceId, organization.id))
    .where(eq(member.userId, userId))
    .orderBy(asc(organization.createdAt))
}

/** The members of a workspace, in the order they joined. */
export async function listMembers(db: Queryable, workspaceId: string) {
  return db
    .select({
      userId: user.id,
      name: user.name,
      email: user.email,
      role: member.role,
      joinedAt: member.createdAt,
    })
    .from(member)
    .innerJoin(user, eq(user.id, member.userId))
    .where(eq(member.organizationId, workspaceId))
    .orderBy(asc(member.createdAt))
}

/** Keeps two changes of a workspace's members apart until the transaction ends. */
export async function lockMembers(tx: Queryable, workspaceId: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`members ${workspaceId}`}, 0))`)
}

/** How many owners a workspace has. */
export async function countOwners(db: Queryable, workspaceId: string): Promise<number> {
  const [row] = await db
    .select({ n: count() })
    .from(member)
    .where(and(eq(member.organizationId, workspaceId), eq(member.role, 'owner')))
  return row?.n ?? 0
}

/** Whether anybody but the demo's member, known by their address, owns a workspace: whatever that one makes is a trial. */
export async function hasOwner(db: Queryable, demoEmail: string): Promise<boolean> {
  const [row] = await db
    .select({ id: member.id })
    .from(member)
    .innerJoin(user, eq(user.id, member.userId))
    .where(and(eq(member.role, 'owner'), ne(user.email, demoEmail)))
    .limit(1)
  return row !== undefined
}

/** The demo workspace, or null. */
export async function findDemoWorkspace(db: Queryable): Promise<{ id: string } | null> {
  const [row] = await db
    .select({ id: organization.id })
    .from(organization)
    .where(sql`${organization.metadata} like '%"demo":true%'`)
    .limit(1)
  return row ?? null
}

export async function insertWorkspace(
  tx: Queryable,
  row: typeof organization.$inferInsert,
  settings: Omit<typeof workspaceSettings.$inferInsert, 'workspaceId'>,
): Promise<void> {
  await tx.insert(organization).values(row)
  await tx.insert(workspaceSettings).values({ ...settings, workspaceId: row.id })
}

/** Makes a person a member; answers false when they already were. */
export async function insertMember(tx: Queryable, row: typeof member.$inferInsert): Promise<boolean> {
  const added = await tx.insert(member).values(row).onConflictDoNothing().returning({ id: member.id })
  return added.length > 0
}

export async function updateRole(tx: Queryable, workspaceId: string, userId: string, role: string) {
  await tx
    .update(member)
    .set({ role })
    .where(and(eq(member.organizationId, workspaceId), eq(member.userId, userId)))
}

export async function deleteMember(tx: Queryable, workspaceId: string, userId: string): Promise<void> {
  await tx.delete(member).where(and(eq(member.organizationId, workspaceId), eq(member.userId, userId)))
}

export async function findUserByEmail(db: Queryable, email: string): Promise<{ id: string } | null> {
  const [row] = await db.select({ id: user.id }).from(user).where(eq(user.email, email.toLowerCase()))
  return row ?? null
}

/** The open invitations of a workspace, newest first. */
export async function listInvitations(db: Queryable, workspaceId: string) {
  return db
    .select()
    .from(invitation)
    .where(and(eq(invitation.organizationId, workspaceId), eq(invitation.status, 'pending')))
    .orderBy(desc(invitation.createdAt))
}

/** Invites a person; an earlier open invitation of the same person is withdrawn. */
export async function insertInvitation(tx: Queryable, row: typeof invitation.$inferInsert) {
  await tx
    .update(invitation)
    .set({ status: 'canceled' })
    .where(
      and(
        eq(invitation.organizationId, row.organizationId),
        eq(invitation.email, row.email),
        eq(invitation.status, 'pending'),
      ),
    )
  const [made] = await tx.insert(invitation).values(row).returning()
  if (!made) throw new Error('An insert of an invitation returned no row')
  return made
}

/** Withdraws an open invitation; answers false when there is none. */
export async function cancelInvitation(db: Queryable, workspaceId: string, id: string): Promise<boolean> {
  const rows = await db
    .update(invitation)
    .set({ status: 'canceled' })
    .where(
      and(
        eq(invitation.id, id),
        eq(invitation.organizationId, workspaceId),
        eq(invitation.status, 'pending'),
      ),
    )
    .returning({ id: invitation.id })
  return rows.length > 0
}

/** An invitation with its workspace's name, whatever became of it. */
export async function findInvitation(db: Queryable, id: string) {
  const [row] = await db
    .select({
      id: invitation.id,
      workspaceId: invitation.organizationId,
      workspaceName: organization.name,
      email: invitation.email,
      role: invitation.role,
      status: invitation.status,
      expiresAt: invitation.expiresAt,
    })
    .from(invitation)
    .innerJoin(organization, eq(organization.id, invitation.organizationId))
    .where(eq(invitation.id, id))
  return row ?? null
}

/** Uses up an open, fresh invitation; answers false when somebody was faster or it is too old. */
export async function takeInvitation(tx: Queryable, id: string): Promise<boolean> {
  const rows = await tx
    .update(invitation)
    .set({ status: 'accepted' })
    .where(and(eq(invitation.id, id), eq(invitation.status, 'pending'), gt(invitation.expiresAt, sql`now()`)))
    .returning({ id: invitation.id })
  return rows.length > 0
}

/** A person with a password; the email must be free (a unique key refuses another). */
export async function insertPerson(
  tx: Queryable,
  person: { id: string; accountId: string; name: string; email: string; passwordHash: string },
): Promise<void> {
  const { id, name, email } = person
  await tx.insert(user).values({ id, name, email: email.toLowerCase(), emailVerified: false })
  await tx.insert(account).values({
    id: person.accountId,
    accountId: id,
    providerId: 'credential',
    userId: id,
    password: person.passwordHash,
  })
}

/** Keeps two first set-ups of an installation apart until the transaction ends. */
export async function lockSetup(tx: Queryable): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('setup', 0))`)
}
