import { randomUUID } from 'node:crypto'
import type { Queryable } from '@tropa/db'
import { findUserByEmail, insertInvitation, lockMembers, roleOf } from '@tropa/db/members'
import type { Role } from '../access.ts'
import { Failure } from '../errors.ts'

const lifetimeMs = 7 * 24 * 60 * 60 * 1000

/** Invites a person into a workspace for a week; an earlier open invitation of theirs stops working. */
export async function invite(
  db: Queryable,
  by: { workspaceId: string; userId: string; role: Role },
  wanted: { email: string; role: Role },
) {
  if (wanted.role === 'owner' && by.role !== 'owner') throw new Failure('owner_only')
  return db.transaction(async (tx) => {
    await lockMembers(tx, by.workspaceId)
    const known = await findUserByEmail(tx, wanted.email)
    if (known && (await roleOf(tx, by.workspaceId, known.id))) throw new Failure('already_member')
    return insertInvitation(tx, {
      id: randomUUID(),
      organizationId: by.workspaceId,
      email: wanted.email.toLowerCase(),
      role: wanted.role,
      expiresAt: new Date(Date.now() + lifetimeMs),
      inviterId: by.userId,
    })
  })
}
