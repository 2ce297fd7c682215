import type { Queryable } from '@tropa/db'
import { callEngine } from '@tropa/db/engine-calls'
import {
  findJourney,
  insertJourney,
  type JourneyRow,
  type JourneyStatus,
  lockJourney,
  saveDraft,
  updateJourney,
} from '@tropa/db/journeys'
import { findVersion, findVersionById, removeLiveEntries, replaceLiveEntries } from '@tropa/db/versions'
import { Failure } from '../errors.ts'
import { conflictOf } from './save-draft.ts'

/** Which journey a member changes. */
export interface JourneyChange {
  workspaceId: string
  journeyId: string
  memberId: string
}

/** Stops entry and holds the sends of people inside; their waits go on. */
export function pauseJourney(db: Queryable, change: JourneyChange): Promise<JourneyStatus> {
  return changeStatus(db, change, (journey) => {
    if (journey.liveVersionId === null) throw new Failure('journey_not_published')
    return 'paused'
  })
}

/** Lets people in and sends out again, what was held first. */
export function resumeJourney(db: Queryable, change: JourneyChange): Promise<JourneyStatus> {
  return changeStatus(db, change, (journey) => {
    if (journey.liveVersionId === null) throw new Failure('journey_not_published')
    return 'live'
  })
}

/** Closes the way in for good and takes the journey off the list; people inside finish their way. */
export async function archiveJourney(db: Queryable, change: JourneyChange): Promise<void> {
  await db.transaction(async (tx) => {
    const { workspaceId, journeyId, memberId } = change
    const journey = await lockJourney(tx, workspaceId, journeyId)
    if (!journey) throw new Failure('not_found')
    await removeLiveEntries(tx, journeyId)
    await updateJourney(tx, workspaceId, journeyId, { status: 'archived' }, memberId)
    await callEngine(tx)
  })
}

function changeStatus(
  db: Queryable,
  { workspaceId, journeyId, memberId }: JourneyChange,
  decide: (journey: JourneyRow) => 'live' | 'paused',
): Promise<JourneyStatus> {
  return db.transaction(async (tx) => {
    const journey = await lockJourney(tx, workspaceId, journeyId)
    if (!journey) throw new Failure('not_found')
    if (journey.status === 'archived') throw new Failure('journey_archived')
    const status = decide(journey)
    const live = journey.liveVersionId && (await findVersionById(tx, workspaceId, journey.liveVersionId))
    if (live && status === 'live') await replaceLiveEntries(tx, live)
    await updateJourney(tx, workspaceId, journeyId, { status }, memberId)
    if (status === 'live') await callEngine(tx)
    return status
  })
}

/** Copies a journey's draft into a new journey under another name. */
export async function duplicateJourney(
  db: Queryable,
  change: JourneyChange,
  name?: string,
): Promise<JourneyRow> {
  const { workspaceId, journeyId, memberId } = change
  const journey = await findJourney(db, workspaceId, journeyId)
  if (!journey) throw new Failure('not_found')
  const copy = name ?? `${journey.name.slice(0, 110)} (2)`
  return insertJourney(db, { workspaceId, name: copy, draft: journey.draft, memberId })
}

/** Copies a version's graph into the draft. Answers the draft's new revision. */
export async function restoreVersion(db: Queryable, change: JourneyChange, number: number): Promise<number> {
  const { workspaceId, journeyId, memberId } = change
  return db.transaction(async (tx) => {
    const journey = await lockJourney(tx, workspaceId, journeyId)
    const version = await findVersion(tx, workspaceId, journeyId, number)
    if (!journey || !version) throw new Failure('not_found')
    if (journey.status === 'archived') throw new Failure('journey_archived')
    const { revision } = journey
    const saved = await saveDraft(tx, workspaceId, journeyId, { revision, graph: version.graph, memberId })
    if (saved === null) throw await conflictOf(tx, journey)
    return saved
  })
}
