import type { Queryable } from '@tropa/db'
import { hasStored, namesStored } from '@tropa/db/already-known'
import { journeysOfRun, mayLetIn } from '@tropa/db/import-journeys'
import type { ImportRow } from '@tropa/db/imports'
import { livePlans } from '@tropa/db/versions'
import { mappingShape } from '@tropa/intake'
import { type ReachedJourney, reachOf } from './import-reach.ts'

/** A journey that an import feeds; how many it let in is known of compressed runs only. */
export interface FedJourney {
  journeyId: string
  name: string
  paused: boolean
  entered: number | null
  inside: number | null
}

/** The journeys that a started import lets customers into: those it has, and those that begin with its event. */
async function fedJourneys(db: Queryable, row: ImportRow): Promise<FedJourney[]> {
  if (row.mode === 'history' || row.status === 'uploaded' || row.status === 'undone') return []
  const mapping = mappingShape.safeParse(row.mapping)
  const reach = mapping.success ? await reachOf(db, row, mapping.data, []) : []
  const begun = new Map(reach.flatMap(({ begins }) => begins).map((one) => [one.journeyId, one]))
  const run = row.mode === 'compressed' ? await journeysOfRun(db, row.workspaceId, row.id) : []
  const known = new Set(run.map(({ journeyId }) => journeyId))
  const ended = row.status !== 'running' && row.status !== 'paused'
  const none = row.mode === 'compressed' ? 0 : null
  return [
    ...run.map((one) => ({ ...one, paused: begun.get(one.journeyId)?.paused ?? false })),
    // Whoever an ended run has not let in, it never will.
    ...[...begun.values()]
      .filter(({ journeyId }) => !known.has(journeyId) && !(ended && none === 0))
      .map((one) => ({ ...one, entered: none, inside: none })),
  ]
}

/** The open journeys that begin with what an import has stored as history, which lets nobody into them. */
export async function keptWaiting(db: Queryable, row: ImportRow): Promise<ReachedJourney[]> {
  const ended = row.status === 'done' || row.status === 'stopped'
  if (row.mode !== 'history' || !ended) return []
  const open = (await livePlans(db, row.workspaceId)).filter(({ status }) => status === 'live')
  const names = open.flatMap(({ plan }) => plan.entries.map(({ event }) => event))
  const stored = new Set(await storedOf(db, row, [...new Set(names)]))
  return open
    .filter(({ plan }) => plan.entries.some(({ event }) => stored.has(event)))
    .map(({ journeyId, journeyName }) => ({ journeyId, name: journeyName, paused: false }))
}

/** Which of these events an import has stored; all its events have one name, unless a column holds it. */
async function storedOf(db: Queryable, { id, mapping }: ImportRow, names: string[]): Promise<string[]> {
  const { data } = mappingShape.safeParse(mapping)
  if (!data || names.length === 0) return []
  if ('column' in data.event) return namesStored(db, id, names)
  const { name } = data.event
  return names.includes(name) && (await hasStored(db, id)) ? [name] : []
}

/**
 * Who is in the journeys of a started import, and whether its compressed run can only run its clock out: nobody is inside
 * any more, and no row to come lets anybody in. What is still to come is looked at first: whoever it brings meanwhile is
 * among those who are in.
 */
export async function whoIsIn(
  db: Queryable,
  row: ImportRow,
): Promise<{ journeys: FedJourney[]; emptied: boolean }> {
  const isSpent = await letsNobodyIn(db, row)
  const journeys = await fedJourneys(db, row)
  return { journeys, emptied: isSpent && !journeys.some(({ inside }) => inside) }
}

async function letsNobodyIn(db: Queryable, row: ImportRow): Promise<boolean> {
  const { mode, status, rowsTotal, workspaceId, id } = row
  const moves = status === 'running' || status === 'paused'
  // Until the whole file is read, nobody knows which rows are to come.
  if (mode !== 'compressed' || !moves || rowsTotal === null) return false
  const plans = await livePlans(db, workspaceId)
  const open = plans.flatMap(({ journeyId, status: state, plan }) =>
    state === 'live'
      ? [
          {
            journeyId,
            events: plan.entries.map(({ event }) => event),
            once:
              plan.settings.reentry.mode === 'never' && plan.entries.every(({ keyProperty }) => !keyProperty),
          },
        ]
      : [],
  )
  return !(await mayLetIn(db, workspaceId, id, open))
}
