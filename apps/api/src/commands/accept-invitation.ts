import { randomUUID } from 'node:crypto'
import type { Queryable } from '@tropa/db'
import { insertAudit } from '@tropa/db/audit'
import { findInvitation, insertMember, takeInvitation } from '@tropa/db/members'
import type { Deps } from '../context.ts'
import { Failure } from '../errors.ts'
import { createPerson } from './create-person.ts'

/** Makes an invited person without an account a member. Answers their email, with which they then sign in. */
export async function acceptInvitation(
  { db, auth }: Pick<Deps, 'db' | 'auth'>,
  id: string,
  person: { name: string; password: string },
): Promise<string> {
  return db.transaction(async (tx) => {
    const found = await takeUp(tx, id)
    const userId = await createPerson(tx, auth, { ...person, email: found.email })
    await enter(tx, found, userId)
    return found.email
  })
}

/** Makes somebody who has an account a member, by an invitation to their own address. Answers the workspace. */
export async function joinWorkspace(
  { db }: Pick<Deps, 'db'>,
  id: string,
  user: { id: string; email: string },
): Promise<string> {
  return db.transaction(async (tx) => {
    const found = await takeUp(tx, id)
    if (found.email.toLowerCase() !== user.email.toLowerCase()) throw new Failure('invitation_not_yours')
    await enter(tx, found, user.id)
    return found.workspaceId
  })
}

const alreadyHere = {
  en: 'You are already a member of this workspace. Open it instead; the invitation was not used.',
  ru: 'Вы уже участник этого пространства. Просто откройте его; приглашение не использовано.',
}

type Invitation = NonNullable<Awaited<ReturnType<typeof findInvitation>>>

async function takeUp(tx: Queryable, id: string): Promise<Invitation> {
  const found = await findInvitation(tx, id)
  if (!found || !(await takeInvitation(tx, id))) throw new Failure('invitation_gone')
  return found
}

async function enter(tx: Queryable, { workspaceId, role: given }: Invitation, userId: string): Promise<void> {
  const role = given ?? 'support'
  const isNew = await insertMember(tx, { id: randomUUID(), organizationId: workspaceId, userId, role })
  if (!isNew) throw new Failure('already_member', {}, alreadyHere)
  const row = { workspaceId, memberId: userId, object: 'members', objectId: userId }
  await insertAudit(tx, { ...row, action: 'members.accept', detail: { role } })
}
