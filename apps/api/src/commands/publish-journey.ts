import type { Queryable } from '@tropa/db'
import { type JourneyRow, lockJourney, updateJourney } from '@tropa/db/journeys'
import {
  countInside,
  findVersionById,
  insertVersion,
  replaceLiveEntries,
  type VersionRow,
} from '@tropa/db/versions'
import { compile, validate } from '@tropa/journey'
import { kinds } from '@tropa/nodes'
import { Failure } from '../errors.ts'
import { buildReceipt, type Receipt } from '../present/receipt.ts'
import { catalogueOf } from './catalogue-of.ts'
import { conflictOf } from './save-draft.ts'

/** Who publishes what. */
export interface Publish {
  workspaceId: string
  journeyId: string
  memberId: string
  revision: number
  note: string
}

/** A published version and what its publishing did. */
export interface Published {
  version: VersionRow
  receipt: Receipt
}

/**
 * Freezes the draft as the next version and makes it the way in, in one transaction and one publisher at a time.
 * Publishing a draft in which nothing has changed answers the version that is live already, and the receipt says so.
 */
export async function publishJourney(db: Queryable, wanted: Publish): Promise<Published> {
  return db.transaction(async (tx) => {
    const journey = await lockJourney(tx, wanted.workspaceId, wanted.journeyId)
    if (!journey) throw new Failure('not_found')
    if (journey.status === 'archived') throw new Failure('journey_archived')
    if (journey.revision !== wanted.revision) throw await conflictOf(tx, journey)
    const catalogue = await catalogueOf(tx, wanted.workspaceId)
    const problems = validate(journey.draft, kinds, catalogue)
    if (problems.some(({ severity }) => severity === 'error'))
      throw new Failure('draft_has_errors', { problems })
    const live = await liveVersionOf(tx, journey)
    const inside = await countInside(tx, wanted.workspaceId, journey.id)
    const paused = journey.status === 'paused'
    const receipt = buildReceipt(
      { draft: journey.draft, live, inside, paused, templates: catalogue.templates },
      kinds,
    )
    const version = live && !receipt.changed ? live : await freeze(tx, journey, wanted)
    await replaceLiveEntries(tx, version)
    const status = paused ? 'paused' : 'live'
    await updateJourney(
      tx,
      wanted.workspaceId,
      journey.id,
      { status, liveVersionId: version.id },
      wanted.memberId,
    )
    return { version, receipt }
  })
}

/** The version customers enter now, or null. */
export async function liveVersionOf(db: Queryable, journey: JourneyRow): Promise<VersionRow | null> {
  return journey.liveVersionId ? findVersionById(db, journey.workspaceId, journey.liveVersionId) : null
}

function freeze(tx: Queryable, journey: JourneyRow, { memberId, note }: Publish): Promise<VersionRow> {
  const plan = compile(journey.draft, kinds)
  return insertVersion(tx, {
    workspaceId: journey.workspaceId,
    journeyId: journey.id,
    graph: journey.draft,
    plan,
    planHash: plan.hash,
    note,
    publishedBy: memberId,
  })
}
