import { type CompileResult, compileTemplate } from '@tropa/connectors/render'
import {
  archiveTemplate,
  findTemplate,
  insertTemplate,
  listTemplates,
  saveTemplate,
  type TemplateRow,
} from '@tropa/db/templates'
import { livePlans } from '@tropa/db/versions'
import { Hono } from 'hono'
import { z } from 'zod'
import { previewTemplate } from '../commands/preview-template.ts'
import { sendTest } from '../commands/send-test.ts'
import type { ApiEnv } from '../context.ts'
import { Failure } from '../errors.ts'
import { allow } from '../guard.ts'
import { json } from '../input.ts'

const content = z.object({
  subject: z.string().max(5_000).default(''),
  preheader: z.string().max(5_000).default(''),
  format: z.enum(['mjml', 'html']).default('mjml'),
  body: z.string().max(600_000).default(''),
})
const named = content.extend({ name: z.string().trim().min(1).max(120) })
const preview = content.extend({ customerId: z.uuid().optional() })

/** What a template's row says, without what only the renderer needs. */
function present({ compiled, workspaceId, archivedAt, ...row }: TemplateRow, result: CompileResult) {
  return { ...row, usable: compiled !== null, problems: result.ok ? [] : result.problems }
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
    const made = await insertTemplate(c.var.deps.db, c.var.workspaceId, row)
    c.set('audit', { objectId: made.id })
    return c.json(present(made, result), 201)
  })
  .post('/templates/preview', allow('templates.read'), json(preview), async (c) => {
    const { customerId, ...source } = c.req.valid('json')
    return c.json(await previewTemplate(c.var.deps.db, c.var.workspaceId, source, customerId ?? null))
  })
  .get('/templates/:id', allow('templates.read'), async (c) => {
    const found = await findTemplate(c.var.deps.db, c.var.workspaceId, c.req.param('id'))
    if (!found) throw new Failure('not_found')
    return c.json(present(found, await compileTemplate(found)))
  })
  .put(
    '/templates/:id',
    allow('templates.update'),
    json(named.extend({ revision: z.number().int().min(1) })),
    async (c) => {
      const { db } = c.var.deps
      const { revision, ...wanted } = c.req.valid('json')
      const { result, row } = await compiled(wanted)
      const saved = await saveTemplate(db, c.var.workspaceId, c.req.param('id'), revision, row)
      if (saved) return c.json(present(saved, result))
      const current = await findTemplate(db, c.var.workspaceId, c.req.param('id'))
      if (!current) throw new Failure('not_found')
      const { compiled: _, ...shown } = current
      throw new Failure('version_conflict', { current: shown })
    },
  )
  .delete('/templates/:id', allow('templates.update'), async (c) => {
    const { db } = c.var.deps
    const id = c.req.param('id')
    const plans = await livePlans(db, c.var.workspaceId)
    const users = plans.filter(({ plan }) =>
      Object.values(plan.nodes).some(({ config }) => (config as { template?: unknown })?.template === id),
    )
    if (users.length > 0)
      throw new Failure('template_in_use', {
        journeys: users.map(({ journeyId, journeyName }) => ({ id: journeyId, name: journeyName })),
      })
    if (!(await archiveTemplate(db, c.var.workspaceId, id))) throw new Failure('not_found')
    return c.body(null, 204)
  })
  .post(
    '/templates/:id/test',
    allow('templates.update'),
    json(z.object({ to: z.email().max(254) })),
    async (c) => {
      const { to } = c.req.valid('json')
      await sendTest(c.var.deps, c.var.workspaceId, c.req.param('id'), to)
      return c.json({ ok: true })
    },
  )
