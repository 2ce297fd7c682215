import { deleteMails, findMessageOfMail, listMails, rawMail, readMail } from '@tropa/db/mails'
import { Hono } from 'hono'
import { z } from 'zod'
import { audited } from '../audited.ts'
import type { ApiEnv } from '../context.ts'
import { Failure } from '../errors.ts'
import { allow } from '../guard.ts'
import { pageOf, pageQuery, query, readCursor } from '../input.ts'

const listQuery = pageQuery.extend({
  to: z.string().trim().max(320).optional(),
  search: z.string().trim().max(120).optional(),
  message: z.uuid().optional(),
})
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** The built-in mailbox. */
export const mailRoutes = new Hono<ApiEnv>()
  .get('/mails', allow('mails.read'), query(listQuery), async (c) => {
    const { cursor, limit, ...filter } = c.req.valid('query')
    const rows = await listMails(c.var.deps.db, c.var.workspaceId, filter, {
      after: readCursor(cursor),
      limit,
    })
    return c.json(pageOf(rows, limit, ({ cursorAt, cursorId, ...row }) => row))
  })
  .get('/mails/:id', allow('mails.read'), async (c) => {
    const { db } = c.var.deps
    const mail = await readMail(db, c.var.workspaceId, c.req.param('id'))
    if (!mail) throw new Failure('not_found')
    const ours = mail.headers.find(({ name }) => name === 'x-tropa-message')?.value ?? ''
    const found = uuid.test(ours) ? await findMessageOfMail(db, c.var.workspaceId, ours) : null
    const nowhere = { enrollmentId: null, journeyId: null, journeyName: null, step: null }
    const none = { messageId: null, customerId: null, ...nowhere }
    return c.json({ ...mail, ...(found ?? none) })
  })
  .get('/mails/:id/raw', allow('mails.read'), async (c) => {
    const raw = await rawMail(c.var.deps.db, c.var.workspaceId, c.req.param('id'))
    if (!raw) throw new Failure('not_found')
    return c.body(new Uint8Array(raw), 200, {
      'content-type': 'text/plain; charset=utf-8',
      'content-disposition': 'attachment; filename="mail.eml"',
    })
  })
  .delete('/mails', allow('mails.update'), async (c) => {
    const deleted = await audited(
      c,
      (tx) => deleteMails(tx, c.var.workspaceId),
      (count) => ({ detail: { deleted: count } }),
    )
    return c.json({ deleted })
  })
