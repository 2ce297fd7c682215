import { hkdfSync, timingSafeEqual } from 'node:crypto'
import { insertAudit } from '@tropa/db/audit'
import { hasOwner, lockSetup } from '@tropa/db/members'
import type { Deps } from '../context.ts'
import { demoEmail } from '../demo.ts'
import { Failure } from '../errors.ts'
import { createPerson } from './create-person.ts'
import { createWorkspace } from './create-workspace.ts'

/** The token of the link that lets the first owner in; it stops working when there is an owner. */
export function setupToken(secret: string): string {
  return Buffer.from(hkdfSync('sha256', secret, '', 'tropa/first-owner/v1', 24)).toString('base64url')
}

/** Whether a token is the one of the printed link. */
export function isSetupToken(secret: string, token: string): boolean {
  return sameToken(token, setupToken(secret))
}

/** Creates the first owner and their workspace, once per installation. Answers the workspace's id. */
export async function setUpOwner(
  { db, auth, installation }: Pick<Deps, 'db' | 'auth' | 'installation'>,
  wanted: {
    token: string
    name: string
    email: string
    password: string
    workspaceName: string
    language: 'en' | 'ru'
  },
): Promise<string> {
  if (!isSetupToken(installation.secret, wanted.token)) throw new Failure('setup_token_wrong')
  return db.transaction(async (tx) => {
    await lockSetup(tx)
    if (await hasOwner(tx, demoEmail)) throw new Failure('setup_done')
    const ownerId = await createPerson(tx, auth, wanted)
    const workspaceId = await createWorkspace(tx, installation, {
      name: wanted.workspaceName,
      timeZone: 'UTC',
      currency: 'USD',
      language: wanted.language,
      ownerId,
    })
    const row = { workspaceId, memberId: ownerId, object: 'workspace', objectId: workspaceId }
    await insertAudit(tx, { ...row, action: 'workspace.post' })
    return workspaceId
  })
}

function sameToken(given: string, expected: string): boolean {
  const a = Buffer.from(given)
  const b = Buffer.from(expected)
  return a.length === b.length && timingSafeEqual(a, b)
}
