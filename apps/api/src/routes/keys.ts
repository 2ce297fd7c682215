import { createHash, randomBytes } from 'node:crypto'
import { insertKey, listKeys, revokeKey, setOrigins } from '@tropa/db/keys'
import { Hono } from 'hono'
import { z } from 'zod'
import { audited } from '../audited.ts'
import type { ApiEnv } from '../context.ts'
import { Failure } from '../errors.ts'
import { allow } from '../guard.ts'
import { json } from '../input.ts'

const prefixes = { write: 'wk', secret: 'sk' } as const

/** An address of a site as browsers name it: scheme, host and port. What follows the host is dropped. */
const origin = z
  .string()
  .trim()
  .max(300)
  .transform((given, context) => {
    const url = URL.canParse(given) ? new URL(given) : null
    if (url && /^https?:$/.test(url.protocol) && !url.hostname.includes('*')) return url.origin
    context.addIssue({
      code: 'custom',
      message: 'write the address of a site, such as https://shop.example.com',
    })
    return z.NEVER
  })
const origins = z
  .array(origin)
  .max(20)
  .transform((list) => [...new Set(list)])
const wanted = z
  .object({
    kind: z.enum(['write', 'secret']),
    name: z.string().trim().min(1).max(80),
    origins: origins.default([]),
  })
  .refine(({ kind, origins: sites }) => kind === 'write' || sites.length === 0, {
    path: ['origins'],
    message: 'a secret key is for servers and has no sites',
  })

const noWriteKey = {
  en: 'There is no such write key any more, and only write keys have sites. Reload the page.',
  ru: 'Такого ключа записи больше нет, а сайты бывают только у них. Обновите страницу.',
}

/** Keys of the event API: shown once when made, kept as a hash. */
export const keyRoutes = new Hono<ApiEnv>()
  .get('/keys', allow('keys.read'), async (c) =>
    c.json({ items: await listKeys(c.var.deps.db, c.var.workspaceId), next: null }),
  )
  .post('/keys', allow('keys.update'), json(wanted), async (c) => {
    const { kind, name, origins: sites } = c.req.valid('json')
    const key = `${prefixes[kind]}_${randomBytes(24).toString('base64url')}`
    const row = {
      workspaceId: c.var.workspaceId,
      kind,
      name,
      origins: sites,
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
  .patch('/keys/:id', allow('keys.update'), json(z.object({ origins })), async (c) => {
    const { origins: sites } = c.req.valid('json')
    const changed = await audited(
      c,
      async (tx) => {
        const key = await setOrigins(tx, c.var.workspaceId, c.req.param('id'), sites)
        if (!key) throw new Failure('not_found', {}, noWriteKey)
        return key
      },
      () => ({ detail: { origins: sites } }),
    )
    return c.json(changed)
  })
  .delete('/keys/:id', allow('keys.update'), async (c) => {
    await audited(c, async (tx) => {
      if (!(await revokeKey(tx, c.var.workspaceId, c.req.param('id')))) throw new Failure('not_found')
    })
    return c.body(null, 204)
  })
