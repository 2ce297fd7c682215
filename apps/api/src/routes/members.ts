import { cancelInvitation, listInvitations, listMembers } from '@tropa/db/members'
import { Hono } from 'hono'
import { z } from 'zod'
import { roles } from '../access.ts'
import { audited } from '../audited.ts'
import { changeRole, removeMember } from '../commands/change-member.ts'
import { invite } from '../commands/invite.ts'
import type { ApiEnv } from '../context.ts'
import { Failure } from '../errors.ts'
import { allow } from '../guard.ts'
import { json } from '../input.ts'

const role = z.enum(roles)

interface Invited {
  id: string
  email: string
  role: string | null
  status: string
  expiresAt: Date
}

const present = ({ id, email, role: given, status, expiresAt }: Invited, baseUrl: string) => ({
  id,
  email,
  role: given,
  status: status === 'pending' && expiresAt < new Date() ? 'expired' : status,
  expiresAt,
  link: `${baseUrl}/join?invitation=${id}`,
})

/** Who belongs to a workspace, in which role, and who is invited. */
export const memberRoutes = new Hono<ApiEnv>()
  .get('/members', allow('members.read'), async (c) =>
    c.json({ items: await listMembers(c.var.deps.db, c.var.workspaceId), next: null }),
  )
  .patch('/members/:userId', allow('members.update'), json(z.object({ role })), async (c) => {
    const { workspaceId, role: byRole } = c.var
    const userId = c.req.param('userId')
    const wanted = c.req.valid('json').role
    await audited(
      c,
      (tx) => changeRole(tx, { workspaceId, byRole, userId }, wanted),
      () => ({ detail: { role: wanted } }),
    )
    return c.json({ userId, role: wanted })
  })
  .delete('/members/:userId', allow('members.update'), async (c) => {
    const { workspaceId, role: byRole } = c.var
    await audited(c, (tx) => removeMember(tx, { workspaceId, byRole, userId: c.req.param('userId') }))
    return c.body(null, 204)
  })
  .get('/invitations', allow('invitations.read'), async (c) => {
    const { db, installation } = c.var.deps
    const open = await listInvitations(db, c.var.workspaceId)
    return c.json({ items: open.map((one) => present(one, installation.baseUrl)), next: null })
  })
  .post(
    '/invitations',
    allow('invitations.update'),
    json(z.object({ email: z.email().max(320), role })),
    async (c) => {
      const by = { workspaceId: c.var.workspaceId, userId: c.var.user.id, role: c.var.role }
      const made = await audited(
        c,
        (tx) => invite(tx, by, c.req.valid('json')),
        ({ id, role: given }) => ({ objectId: id, detail: { role: given } }),
      )
      return c.json(present(made, c.var.deps.installation.baseUrl), 201)
    },
  )
  .delete('/invitations/:id', allow('invitations.update'), async (c) => {
    await audited(c, async (tx) => {
      if (!(await cancelInvitation(tx, c.var.workspaceId, c.req.param('id')))) throw new Failure('not_found')
    })
    return c.body(null, 204)
  })
