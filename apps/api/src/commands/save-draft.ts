import type { Queryable } from '@tropa/db'
import { findJourney, type JourneyRow, memberName, saveDraft as store } from '@tropa/db/journeys'
import { type Graph, type Problem, spread, validate } from '@tropa/journey'
import { kinds } from '@tropa/nodes'
import { Failure } from '../errors.ts'
import { catalogueOf } from './catalogue-of.ts'

/** Saves a draft over the revision it was made from and says what is wrong with it; a stale one is refused, unharmed. */
export async function saveDraft(
  db: Queryable,
  wanted: { workspaceId: string; journeyId: string; memberId: string; revision: number; graph: Graph },
): Promise<{ revision: number; problems: Problem[] }> {
  const { workspaceId, journeyId, memberId } = wanted
  const graph = spread(wanted.graph, kinds)
  const revision = await store(db, workspaceId, journeyId, { revision: wanted.revision, graph, memberId })
  if (revision === null) {
    const journey = await findJourney(db, workspaceId, journeyId)
    if (!journey) throw new Failure('not_found')
    if (journey.status === 'archived') throw new Failure('journey_archived')
    throw await conflictOf(db, journey)
  }
  return { revision, problems: validate(graph, kinds, await catalogueOf(db, workspaceId)) }
}

/** The refusal of a stale revision, with the draft as it is now. */
export async function conflictOf(db: Queryable, journey: JourneyRow): Promise<Failure> {
  const { revision, draft, updatedAt, updatedBy } = journey
  const by = await memberName(db, updatedBy)
  return new Failure('version_conflict', { current: { revision, graph: draft, updatedBy: by, updatedAt } })
}
