import { countEvents } from '@tropa/db/catalogue'
import {
  enrollmentsPerJourney,
  findJourney,
  insertJourney,
  listJourneys,
  updateJourney,
} from '@tropa/db/journeys'
import { readDrafts, readWaitingFiles } from '@tropa/db/planned-names'
import { countInside } from '@tropa/db/versions'
import { emptyGraph, graphSchema, spread, validate } from '@tropa/journey'
import { kinds } from '@tropa/nodes'
import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { mayDo } from '../access.ts'
import { audited } from '../audited.ts'
import { catalogueOf } from '../commands/catalogue-of.ts'
import {
  archiveJourney,
  duplicateJourney,
  type JourneyChange,
  pauseJourney,
  resumeJourney,
} from '../commands/change-journey.ts'
import { liveVersionOf } from '../commands/publish-journey.ts'
import { saveDraft } from '../commands/save-draft.ts'
import type { ApiEnv } from '../context.ts'
import { Failure } from '../errors.ts'
import { allow } from '../guard.ts'
import { json, pageOf, pageQuery, query, readCursor, revision } from '../input.ts'
import { namesOfDrafts, namesOfFiles } from '../present/planned-names.ts'
import { buildReceipt, isChanged } from '../present/receipt.ts'

const name = z.string().trim().min(1).max(120)
const listQuery = pageQuery.extend({
  status: z.enum(['draft', 'live', 'paused', 'archived']).optional(),
  search: z.string().trim().max(120).optional(),
})
const draft = z.object({ revision, graph: graphSchema })

/** Which journey the request is about, and who asks. */
export function changeOf(c: Context<ApiEnv>): JourneyChange {
  const journeyId = c.req.param('id') ?? ''
  return { workspaceId: c.var.workspaceId, journeyId, memberId: c.var.user.id }
}

/** The journey of the request; refuses one that is not there. */
export async function journeyOf(c: Context<ApiEnv>) {
  const { workspaceId, journeyId } = changeOf(c)
  const journey = await findJourney(c.var.deps.db, workspaceId, journeyId)
  if (!journey) throw new Failure('not_found')
  return journey
}

async function present(c: Context<ApiEnv>) {
  const { db } = c.var.deps
  const journey = await journeyOf(c)
  const live = await liveVersionOf(db, journey)
  const { id, name: called, status, revision, draft: graph } = journey
  return {
    id,
    name: called,
    status,
    revision,
    draft: spread(graph, kinds),
    liveVersion: live && {
      id: live.id,
      number: live.number,
      planHash: live.planHash,
      publishedAt: live.publishedAt,
    },
    hasUnpublishedChanges: isChanged(graph, live),
    problems: validate(graph, kinds, await catalogueOf(db, journey.workspaceId)),
  }
}

/** Journeys and their drafts. */
export const journeyRoutes = new Hono<ApiEnv>()
  .get('/journeys', allow('journeys.read'), query(listQuery), async (c) => {
    const { cursor, limit, ...filter } = c.req.valid('query')
    const { db } = c.var.deps
    const rows = await listJourneys(db, c.var.workspaceId, filter, { after: readCursor(cursor), limit })
    const ids = rows.map(({ id }) => id)
    const counts = await enrollmentsPerJourney(db, c.var.workspaceId, ids)
    return c.json(
      pageOf(rows, limit, ({ cursorAt, cursorId, ...row }) => ({
        ...row,
        ...(counts.get(row.id) ?? { entered: 0, active: 0 }),
      })),
    )
  })
  .post(
    '/journeys',
    allow('journeys.update'),
    json(z.object({ name, graph: graphSchema.default(emptyGraph) })),
    async (c) => {
      const { name: called, graph: given } = c.req.valid('json')
      const graph = spread(given, kinds)
      const { workspaceId, memberId } = changeOf(c)
      const { id, status, revision } = await audited(
        c,
        (tx) => insertJourney(tx, { workspaceId, name: called, draft: graph, memberId }),
        (made) => ({ objectId: made.id }),
      )
      return c.json({ id, name: called, status, revision, draft: graph }, 201)
    },
  )
  .get('/journeys/:id', allow('journeys.read'), async (c) => c.json(await present(c)))
  .patch('/journeys/:id', allow('journeys.update'), json(z.object({ name })), async (c) => {
    const { workspaceId, journeyId, memberId } = changeOf(c)
    const wanted = c.req.valid('json')
    await audited(c, async (tx) => {
      if (!(await updateJourney(tx, workspaceId, journeyId, wanted, memberId))) throw new Failure('not_found')
    })
    return c.json({ id: journeyId, ...wanted })
  })
  .put('/journeys/:id/draft', allow('journeys.update'), json(draft, 'graph_shape_wrong'), async (c) =>
    c.json(await audited(c, (tx) => saveDraft(tx, { ...changeOf(c), ...c.req.valid('json') }))),
  )
  .post('/journeys/:id/check', allow('journeys.read'), async (c) => {
    const { db } = c.var.deps
    const journey = await journeyOf(c)
    const live = await liveVersionOf(db, journey)
    const catalogue = await catalogueOf(db, journey.workspaceId)
    const problems = validate(journey.draft, kinds, catalogue)
    const inside = await countInside(db, journey.workspaceId, journey.id)
    const paused = journey.status === 'paused'
    const receipt = buildReceipt(
      { draft: journey.draft, live, inside, paused, templates: catalogue.templates },
      kinds,
    )
    return c.json({ problems, receipt })
  })
  .post('/journeys/:id/duplicate', allow('journeys.update'), async (c) => {
    const made = await audited(
      c,
      (tx) => duplicateJourney(tx, changeOf(c)),
      (copy) => ({ detail: { copy: copy.id } }),
    )
    const { id, name: called, status, revision } = made
    return c.json({ id, name: called, status, revision }, 201)
  })
  .post('/journeys/:id/archive', allow('journeys.publish'), async (c) => {
    await audited(c, (tx) => archiveJourney(tx, changeOf(c)))
    return c.json({ status: 'archived' })
  })
  .post('/journeys/:id/pause', allow('journeys.publish'), async (c) =>
    c.json({ status: await audited(c, (tx) => pauseJourney(tx, changeOf(c))) }),
  )
  .post('/journeys/:id/resume', allow('journeys.publish'), async (c) =>
    c.json({ status: await audited(c, (tx) => resumeJourney(tx, changeOf(c))) }),
  )
  .get('/catalogue', allow('catalogue.read'), async (c) => {
    const { db } = c.var.deps
    const { workspaceId } = c.var
    const [catalogue, eventCounts, files, drafts] = await Promise.all([
      catalogueOf(db, workspaceId),
      countEvents(db, workspaceId),
      mayDo(c.var.role, 'imports.read') ? readWaitingFiles(db, workspaceId) : [],
      readDrafts(db, workspaceId),
    ])
    return c.json({ ...catalogue, eventCounts, planned: [...namesOfFiles(files), ...namesOfDrafts(drafts)] })
  })
