import { readCounts, readTotals } from '@tropa/db/enrollments-view'
import { readJourneyClock } from '@tropa/db/journey-clock'
import { findVersion, listVersions } from '@tropa/db/versions'
import { spread } from '@tropa/journey'
import { kinds } from '@tropa/nodes'
import { Hono } from 'hono'
import { z } from 'zod'
import { mayDo } from '../access.ts'
import { audited } from '../audited.ts'
import { restoreVersion } from '../commands/change-journey.ts'
import { publishJourney } from '../commands/publish-journey.ts'
import type { ApiEnv } from '../context.ts'
import { Failure } from '../errors.ts'
import { allow } from '../guard.ts'
import { json, query, revision } from '../input.ts'
import { presentCounts } from '../present/counts.ts'
import { changeOf, journeyOf } from './journeys.ts'

const publish = z.object({
  revision,
  note: z.string().trim().max(500).default(''),
})
const versionNumber = z.coerce.number().int().min(1).max(1_000_000)

/** Frozen versions of a journey, publishing, and the numbers on the canvas. */
export const versionRoutes = new Hono<ApiEnv>()
  .post('/journeys/:id/publish', allow('journeys.publish'), json(publish), async (c) => {
    const wanted = { ...changeOf(c), ...c.req.valid('json') }
    const { version, receipt } = await audited(
      c,
      (tx) => publishJourney(tx, wanted),
      (made) => ({ detail: { version: made.version.number, planHash: made.version.planHash } }),
    )
    const { id, number, planHash, publishedAt } = version
    return c.json({ version: { id, number, planHash, publishedAt }, receipt }, receipt.changed ? 201 : 200)
  })
  .get('/journeys/:id/versions', allow('journeys.read'), async (c) => {
    const { workspaceId, id: journeyId } = await journeyOf(c)
    return c.json({ items: await listVersions(c.var.deps.db, workspaceId, journeyId), next: null })
  })
  .get('/journeys/:id/versions/:number', allow('journeys.read'), async (c) => {
    const { workspaceId, journeyId } = changeOf(c)
    const number = versionNumber.safeParse(c.req.param('number'))
    const version = number.success
      ? await findVersion(c.var.deps.db, workspaceId, journeyId, number.data)
      : null
    if (!version) throw new Failure('not_found')
    const { id, graph, planHash, note, publishedAt } = version
    return c.json({ id, number: version.number, planHash, note, publishedAt, graph: spread(graph, kinds) })
  })
  .post('/journeys/:id/versions/:number/restore', allow('journeys.update'), async (c) => {
    const number = versionNumber.safeParse(c.req.param('number'))
    if (!number.success) throw new Failure('not_found')
    const revision = await audited(
      c,
      (tx) => restoreVersion(tx, changeOf(c), number.data),
      () => ({ detail: { version: number.data } }),
    )
    return c.json({ revision })
  })
  .get(
    '/journeys/:id/counts',
    allow('journeys.read'),
    query(z.object({ version: versionNumber.optional() })),
    async (c) => {
      const { workspaceId, id: journeyId } = await journeyOf(c)
      const { version: number } = c.req.valid('query')
      const { db } = c.var.deps
      const version = number === undefined ? null : await findVersion(db, workspaceId, journeyId, number)
      if (number !== undefined && !version) throw new Failure('not_found')
      const scope = { workspaceId, journeyId, versionId: version?.id ?? null }
      const [rows, totals, running] = await Promise.all([
        readCounts(db, scope),
        readTotals(db, scope),
        readJourneyClock(db, workspaceId, journeyId),
      ])
      const clock = running && {
        ...running,
        virtualNow: new Date(running.virtualNow).toISOString(),
        fileName: mayDo(c.var.role, 'imports.read') ? running.fileName : null,
      }
      return c.json({ asOf: new Date(), nodes: presentCounts(rows), totals, clock })
    },
  )
