import { type CompileResult, compileTemplate } from '@tropa/connectors/render'
import {
  findTemplate,
  insertTemplate,
  listTemplates,
  saveTemplate,
  type TemplateRow,
} from '@tropa/db/templates'
import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { audited, record } from '../audited.ts'
import { previewTemplate } from '../commands/preview-template.ts'
import { journeysSending, removeTemplate } from '../commands/remove-template.ts'
import { sendTest } from '../commands/send-test.ts'
import { warnOfTemplate } from '../commands/warn-of-template.ts'
import type { ApiEnv } from '../context.ts'
import { Failure } from '../errors.ts'
import { allow } from '../guard.ts'
import { json, revision } from '../input.ts'

const content = z.object({
  subject: z.string().max(5_000).default(''),
  preheader: z.string().max(5_000).default(''),
  format: z.enum(['mjml', 'html']).default('mjml'),
  body: z.string().max(600_000).default(''),
})
const named = content.extend({ name: z.string().trim().min(1).max(120) })
const preview = content.extend({ customerId: z.uuid().optional() })

/** What a template's row says, without what only the renderer needs. */
async function present(c: Context<ApiEnv>, stored: TemplateRow, result: CompileResult) {
  const { compiled: made, workspaceId, archivedAt, ...row } = stored
  const warnings = await warnOfTemplate(c.var.deps.db, workspaceId, result)
  return { ...row, usable: made !== null, problems: result.ok ? [] : result.problems, warnings }
}

async function compiled(wanted: z.output<typeof named>) {
  const result = await compileTemplate(wanted)
  const made = result.ok
    ? { compiled: result.compiled, variables: result.variables }
    : { compiled: null, variables: [] }
  return { result, row: { ...wanted, ...made } }
}

/** Email templates; one with problems can be saved but not sent. */
export const templateRoutes = new Hono<ApiEnv>()
  .get('/templates', allow('templates.read'), async (c) =>
    c.json({ items: await listTemplates(c.var.deps.db, c.var.workspaceId), next: null }),
  )
  .post('/templates', allow('templates.update'), json(named), async (c) => {
    const { result, row } = await compiled(c.req.valid('json'))
    const made = await audited(
      c,
      (tx) => insertTemplate(tx, c.var.workspaceId, row),
      ({ id }) => ({ objectId: id }),
    )
    return c.json(await present(c, made, result), 201)
  })
  .post('/templates/preview', allow('templates.read'), json(preview), async (c) => {
    const { customerId, ...source } = c.req.valid('json')
    return c.json(await previewTemplate(c.var.deps.db, c.var.workspaceId, source, customerId ?? null))
  })
  .get('/templates/:id', allow('templates.read'), async (c) => {
    const found = await findTemplate(c.var.deps.db, c.var.workspaceId, c.req.param('id'))
    if (!found) throw new Failure('not_found')
    return c.json(await present(c, found, await compileTemplate(found)))
  })
  .put('/templates/:id', allow('templates.update'), json(named.extend({ revision })), async (c) => {
    const { revision: madeFrom, ...wanted } = c.req.valid('json')
    const { result, row } = await compiled(wanted)
    if (!result.ok) {
      const journeys = await journeysSending(c.var.deps.db, c.var.workspaceId, c.req.param('id'))
      if (journeys.length > 0)
        throw new Failure('template_sent_live', { journeys, problems: result.problems })
    }
    const saved = await audited(c, async (tx) => {
      const found = await saveTemplate(tx, c.var.workspaceId, c.req.param('id'), madeFrom, row)
      if (found) return found
      const current = await findTemplate(tx, c.var.workspaceId, c.req.param('id'))
      if (!current) throw new Failure('not_found')
      const { compiled: _, ...shown } = current
      throw new Failure('version_conflict', { current: shown })
    })
    return c.json(await present(c, saved, result))
  })
  .delete('/templates/:id', allow('templates.update'), async (c) => {
    await audited(c, (tx) => removeTemplate(tx, c.var.workspaceId, c.req.param('id')))
    return c.body(null, 204)
  })
  .post(
    '/templates/:id/test',
    allow('templates.update'),
    json(z.object({ to: z.email().max(254) })),
    async (c) => {
      const { to } = c.req.valid('json')
      await sendTest(c.var.deps, c.var.workspaceId, c.req.param('id'), to)
      await record(c, c.var.deps.db)
      return c.json({ ok: true })
    },
  )
