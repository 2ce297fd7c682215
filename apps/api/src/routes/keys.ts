import { createHash, randomBytes } from 'node:crypto'
import { insertKey, listKeys, revokeKey } from '@tropa/db/keys'
import { Hono } from 'hono'
import { z } from 'zod'
import { audited } from '../audited.ts'
import type { ApiEnv } from '../context.ts'
import { Failure } from '../errors.ts'
import { allow } from '../guard.ts'
import { json } from '../input.ts'

const prefixes = { write: 'wk', secret: 'sk' } as const
const wanted = z.object({ kind: z.enum(['write', 'secret']), name: z.string().trim().min(1).max(80) })

/** Keys of the event API: shown once when made, kept as a hash. */
export const keyRoutes = new Hono<ApiEnv>()
  .get('/keys', allow('keys.read'), async (c) =>
    c.json({ items: await listKeys(c.var.deps.db, c.var.workspaceId), next: null }),
  )
  .post('/keys', allow('keys.update'), json(wanted), async (c) => {
    const { kind, name } = c.req.valid('json')
    const key = `${prefixes[kind]}_${randomBytes(24).toString('base64url')}`
    const row = {
      workspaceId: c.var.workspaceId,
      kind,
      name,
      hash: createHash('sha256').update(key).digest('hex'),
      lastFour: key.slice(-4),
      createdBy: c.var.user.id,
    }
    const made = await audited(
      c,
      (tx) => insertKey(tx, row),
      ({ id }) => ({ objectId: id, detail: { kind } }),
    )
    return c.json({ ...made, key }, 201)
  })
  .delete('/keys/:id', allow('keys.update'), async (c) => {
    await audited(c, async (tx) => {
      if (!(await revokeKey(tx, c.var.workspaceId, c.req.param('id')))) throw new Failure('not_found')
    })
    return c.body(null, 204)
  })
