import type { Queryable } from '@tropa/db'
import { countOwners, deleteMember, lockMembers, roleOf, updateRole } from '@tropa/db/members'
import type { Role } from '../access.ts'
import { Failure } from '../errors.ts'

/** Who changes whom, and where. */
export interface MemberChange {
  workspaceId: string
  byRole: Role
  userId: string
}

/** Gives a member another role; a workspace keeps at least one owner. */
export async function changeRole(db: Queryable, change: MemberChange, role: Role): Promise<void> {
  await db.transaction(async (tx) => {
    const former = await checkChange(tx, change, role)
    if (former === 'owner' && role !== 'owner') await keepAnOwner(tx, change.workspaceId)
    await updateRole(tx, change.workspaceId, change.userId, role)
  })
}

/** Takes a member out of a workspace; it keeps at least one owner. */
export async function removeMember(db: Queryable, change: MemberChange): Promise<void> {
  await db.transaction(async (tx) => {
    const former = await checkChange(tx, change, null)
    if (former === 'owner') await keepAnOwner(tx, change.workspaceId)
    await deleteMember(tx, change.workspaceId, change.userId)
  })
}

async function checkChange(tx: Queryable, change: MemberChange, wanted: Role | null): Promise<string> {
  await lockMembers(tx, change.workspaceId)
  const former = await roleOf(tx, change.workspaceId, change.userId)
  if (former === null) throw new Failure('not_found')
  if ((former === 'owner' || wanted === 'owner') && change.byRole !== 'owner') throw new Failure('owner_only')
  return former
}

async function keepAnOwner(tx: Queryable, workspaceId: string): Promise<void> {
  if ((await countOwners(tx, workspaceId)) < 2) throw new Failure('last_owner')
}
