import { insertAudit } from '@tropa/db/audit'
import { findDemoWorkspace, findInvitation, findUserByEmail, hasOwner, workspacesOf } from '@tropa/db/members'
import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { maxPasswordLength, minPasswordLength } from '../auth.ts'
import { acceptInvitation, joinWorkspace } from '../commands/accept-invitation.ts'
import { createWorkspace } from '../commands/create-workspace.ts'
import { isSetupToken, setUpOwner } from '../commands/set-up-owner.ts'
import type { ApiEnv } from '../context.ts'
import { demoEmail, demoMember } from '../demo.ts'
import { Failure } from '../errors.ts'
import { allowAnybody, allowSignedIn } from '../guard.ts'
import { json, query } from '../input.ts'
import { languageOf } from '../language.ts'
import { currency, timeZone } from './settings.ts'

const name = z.string().trim().min(1).max(120)
const password = z.string().min(minPasswordLength).max(maxPasswordLength)
const token = z.string().max(200)
const setup = z.object({
  token,
  name,
  email: z.email().max(320),
  password,
  workspaceName: name,
})

/** What happens outside any workspace: the first owner, invitations, who is signed in, new workspaces. */
export const sessionRoutes = new Hono<ApiEnv>()
  .get('/setup', allowAnybody(), query(z.object({ token: token.optional() })), async (c) => {
    const { db, installation } = c.var.deps
    const asked = c.req.valid('query').token
    const [owned, demo] = await Promise.all([
      hasOwner(db, demoEmail),
      installation.demo ? findDemoWorkspace(db) : null,
    ])
    return c.json({
      needsOwner: !owned,
      demo: demo ? demoMember(installation.secret) : null,
      /** Whether the link that was opened can still create the owner; left out without one. */
      ...(asked === undefined ? {} : { linkWorks: !owned && isSetupToken(installation.secret, asked) }),
    })
  })
  .post('/setup', allowAnybody(), json(setup), async (c) => {
    const wanted = c.req.valid('json')
    const language = languageOf(c.req.header('accept-language'))
    const workspaceId = await setUpOwner(c.var.deps, { ...wanted, language })
    await signIn(c, wanted)
    return c.json({ workspaceId }, 201)
  })
  .get('/me', allowSignedIn(), async (c) => {
    const workspaces = await workspacesOf(c.var.deps.db, c.var.user.id)
    return c.json({
      user: c.var.user,
      workspaces: workspaces.map(({ metadata, ...workspace }) => ({
        ...workspace,
        isDemo: metadata?.includes('"demo":true') ?? false,
      })),
    })
  })
  .post('/workspaces', allowSignedIn(), json(z.object({ name, timeZone, currency })), async (c) => {
    const { db, installation } = c.var.deps
    const wanted = c.req.valid('json')
    const language = languageOf(c.req.header('accept-language'))
    const ownerId = c.var.user.id
    const id = await db.transaction(async (tx) => {
      const made = await createWorkspace(tx, installation, { ...wanted, language, ownerId })
      const row = { workspaceId: made, memberId: ownerId, object: 'workspace', objectId: made }
      await insertAudit(tx, { ...row, action: 'workspace.post' })
      return made
    })
    return c.json({ id, ...wanted }, 201)
  })
  .get('/invitations/:id', allowAnybody(), async (c) => {
    const { db } = c.var.deps
    const found = await findInvitation(db, c.req.param('id'))
    if (!found) throw new Failure('invitation_gone')
    const { id, workspaceName, email, role, expiresAt } = found
    const status = found.status === 'pending' && expiresAt < new Date() ? 'expired' : found.status
    const hasAccount = (await findUserByEmail(db, email)) !== null
    return c.json({ id, workspaceName, email, role, status, expiresAt, hasAccount })
  })
  .post('/invitations/:id/accept', allowAnybody(), json(z.object({ name, password })), async (c) => {
    const person = c.req.valid('json')
    const email = await acceptInvitation(c.var.deps, c.req.param('id'), person)
    await signIn(c, { email, password: person.password })
    return c.json({ email }, 201)
  })
  .post('/invitations/:id/join', allowSignedIn(), async (c) => {
    const workspaceId = await joinWorkspace(c.var.deps, c.req.param('id'), c.var.user)
    return c.json({ workspaceId }, 201)
  })

/** Signs a person in with the answer that is being made: its cookies come from better-auth. */
async function signIn(c: Context<ApiEnv>, person: { email: string; password: string }): Promise<void> {
  const { email, password: secret } = person
  const answer = await c.var.deps.auth.api.signInEmail({
    body: { email, password: secret },
    headers: c.req.raw.headers,
    asResponse: true,
  })
  for (const cookie of answer.headers.getSetCookie()) c.header('set-cookie', cookie, { append: true })
}
