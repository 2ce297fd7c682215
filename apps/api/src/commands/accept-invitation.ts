import { randomUUID } from 'node:crypto'
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
    const found = await findInvitation(tx, id)
    if (!found || !(await takeInvitation(tx, id))) throw new Failure('invitation_gone')
    const userId = await createPerson(tx, auth, { ...person, email: found.email })
    const { workspaceId, role: given } = found
    const role = given ?? 'support'
    await insertMember(tx, { id: randomUUID(), organizationId: workspaceId, userId, role })
    const row = { workspaceId, memberId: userId, object: 'members', objectId: userId }
    await insertAudit(tx, { ...row, action: 'members.accept', detail: { role } })
    return found.email
  })
}
