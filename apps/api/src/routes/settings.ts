import { listAudit } from '@tropa/db/audit'
import { readSettings, updateSettings } from '@tropa/db/settings'
import { Hono } from 'hono'
import { z } from 'zod'
import { audited } from '../audited.ts'
import type { ApiEnv } from '../context.ts'
import { Failure } from '../errors.ts'
import { allow } from '../guard.ts'
import { json, pageOf, pageQuery, query, readCursor } from '../input.ts'

/** An IANA time zone this machine knows. */
export const timeZone = z
  .string()
  .max(60)
  .refine((zone) => {
    try {
      return new Intl.DateTimeFormat('en', { timeZone: zone }).format(0) !== ''
    } catch {
      return false
    }
  }, 'No such time zone')

/** An ISO 4217 currency code. */
export const currency = z.string().regex(/^[A-Z]{3}$/, 'Three capital letters, such as USD')

const change = z
  .object({
    name: z.string().trim().min(1).max(120),
    timeZone,
    currency,
    language: z.enum(['en', 'ru']),
  })
  .partial()

/** A workspace's own settings, and what its members did. */
export const settingsRoutes = new Hono<ApiEnv>()
  .get('/settings', allow('workspace.read'), async (c) => {
    const settings = await readSettings(c.var.deps.db, c.var.workspaceId)
    if (!settings) throw new Failure('not_found')
    return c.json(settings)
  })
  .patch('/settings', allow('workspace.update'), json(change), async (c) => {
    const wanted = c.req.valid('json')
    await audited(
      c,
      (tx) => updateSettings(tx, c.var.workspaceId, wanted),
      () => ({ objectId: c.var.workspaceId, detail: { fields: Object.keys(wanted) } }),
    )
    const settings = await readSettings(c.var.deps.db, c.var.workspaceId)
    if (!settings) throw new Failure('not_found')
    return c.json(settings)
  })
  .get('/audit', allow('audit.read'), query(pageQuery), async (c) => {
    const { cursor, limit } = c.req.valid('query')
    const rows = await listAudit(c.var.deps.db, c.var.workspaceId, { after: readCursor(cursor), limit })
    return c.json(pageOf(rows, limit, ({ cursorAt, cursorId, ...row }) => row))
  })
