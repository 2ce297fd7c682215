import { readEnrollment } from '@tropa/db/enrollment-path'
import { listEnrollments } from '@tropa/db/enrollments-view'
import { readSettings } from '@tropa/db/settings'
import { kinds } from '@tropa/nodes'
import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { record } from '../audited.ts'
import { type Ask, releaseMessage, removeEnrollment, skipWait } from '../commands/ask-engine.ts'
import { verifyEnrollment } from '../commands/verify-enrollment.ts'
import type { ApiEnv } from '../context.ts'
import { Failure } from '../errors.ts'
import { allow } from '../guard.ts'
import { json, pageOf, pageQuery, query, readCursor } from '../input.ts'
import { presentEnrollment } from '../present/enrollment.ts'
import { presentEnrollmentRow } from '../present/enrollment-row.ts'

const listQuery = pageQuery.extend({
  customer: z.uuid().optional(),
  journey: z.uuid().optional(),
  version: z.coerce.number().int().min(1).max(1_000_000).optional(),
  node: z.string().max(40).optional(),
  was: z.enum(['entered', 'left', 'failed']).optional(),
  output: z
    .string()
    .max(800)
    .transform((list) => list.split(','))
    .optional(),
  status: z.enum(['active', 'completed', 'exited', 'failed', 'removed']).optional(),
  reason: z.string().max(60).optional(),
})
const because = z.object({ reason: z.string().trim().min(1).max(500) })
const skip = because.extend({ step: z.number().int().min(1).max(1_000_000).optional() })
const release = because.extend({ decision: z.enum(['resend', 'give_up']) })

const askOf = (c: Context<ApiEnv>, detail: { reason: string; decision?: string }): Ask => ({
  workspaceId: c.var.workspaceId,
  memberId: c.var.user.id,
  reason: detail.reason,
  record: (tx) => record(c, tx, { detail }),
})

/** Passages of customers through journeys: found, shown step by step, verified, and helped on. */
export const enrollmentRoutes = new Hono<ApiEnv>()
  .get('/enrollments', allow('enrollments.read'), query(listQuery), async (c) => {
    const { cursor, limit, ...filter } = c.req.valid('query')
    const page = { after: readCursor(cursor), limit }
    const rows = await listEnrollments(c.var.deps.db, c.var.workspaceId, filter, page)
    return c.json(pageOf(rows, limit, presentEnrollmentRow))
  })
  .get('/enrollments/:id', allow('enrollments.read'), async (c) => {
    const { db } = c.var.deps
    const kept = await readEnrollment(db, c.var.workspaceId, c.req.param('id'))
    if (!kept) throw new Failure('not_found')
    const settings = await readSettings(db, c.var.workspaceId)
    return c.json(presentEnrollment(kept, kinds, settings?.timeZone ?? 'UTC'))
  })
  .post('/enrollments/:id/skip-wait', allow('enrollments.update'), json(skip), async (c) => {
    const { step, ...wanted } = c.req.valid('json')
    await skipWait(c.var.deps, askOf(c, wanted), c.req.param('id'), step)
    return c.json({ ok: true }, 202)
  })
  .post('/enrollments/:id/remove', allow('enrollments.update'), json(because), async (c) => {
    await removeEnrollment(c.var.deps, askOf(c, c.req.valid('json')), c.req.param('id'))
    return c.json({ ok: true }, 202)
  })
  .post('/enrollments/:id/verify', allow('enrollments.read'), async (c) =>
    c.json(await verifyEnrollment(c.var.deps.db, c.var.workspaceId, c.req.param('id'))),
  )
  .post('/messages/:id/release', allow('messages.release'), json(release), async (c) => {
    const wanted = c.req.valid('json')
    await releaseMessage(c.var.deps, askOf(c, wanted), c.req.param('id'), wanted.decision)
    return c.json({ ok: true }, 202)
  })
