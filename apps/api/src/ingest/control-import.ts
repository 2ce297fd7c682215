import type { Queryable } from '@tropa/db'
import { changePace } from '@tropa/db/clock-pace'
import { clearFeed, endClock, leaveClock, pauseClock, resumeClock } from '@tropa/db/feed'
import { type ImportRow, type ImportStatus, moveImport } from '@tropa/db/imports'
import { isLostRace } from '@tropa/db/statement'
import {
  mappingShape,
  type StoredFormat,
  storedFormatShape,
  unknownColumns,
  unknownColumnsSentence,
} from '@tropa/intake'
import { type ImportInput, importOptions, importWorkflow } from '@tropa/worker/contract'
import type { Deps } from '../context.ts'
import { Failure } from '../errors.ts'
import { issuesOf } from '../input.ts'
import { safeError } from '../log.ts'

type Doors = Pick<Deps, 'db' | 'engine' | 'log'>

/** Who asks, and how the call's audit row is written in the transaction of the change. */
export interface By {
  memberId: string
  record: (tx: Queryable, detail: Record<string, unknown>) => Promise<void>
}

const wakeWithinMs = 5_000

async function wake({ engine, log }: Doors, input: ImportInput): Promise<void> {
  const client = engine.client()
  try {
    await client.withDeadline(Date.now() + wakeWithinMs, () =>
      client.workflow.signalWithStart(importWorkflow, importOptions(input)),
    )
  } catch (error) {
    log.warn({ importId: input.importId, error: safeError(error) }, 'import_not_woken')
    throw new Failure('temporal_unavailable')
  }
}

/** Moves an import on and does `also` in the same transaction, which keeps the audit row, too. */
function move(
  { db }: Doors,
  { workspaceId, id }: ImportRow,
  { record }: By,
  from: ImportStatus[],
  change: Parameters<typeof moveImport>[4] & { status: ImportStatus },
  also: (tx: Queryable) => Promise<unknown> = async () => undefined,
): Promise<ImportRow> {
  return pastLostRaces(() =>
    db.transaction(async (tx) => {
      const moved = await moveImport(tx, workspaceId, id, from, change)
      if (!moved) throw new Failure('import_state_wrong')
      await also(tx)
      await record(tx, { status: change.status })
      return moved
    }),
  )
}

/** Does it again when others got in its way: feeder, router and legs write the same enrollments. */
async function pastLostRaces<T>(work: () => Promise<T>, attempts = 5): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!isLostRace(error) || attempts <= 1) throw error
    return pastLostRaces(work, attempts - 1)
  }
}

/** Refuses a mapping, as it was sent, that names a column the file does not have. */
export function assertColumns(mapping: unknown, { columns }: StoredFormat): void {
  const unknown = unknownColumns(mapping, columns)
  if (unknown.length === 0) return
  const issues = unknown.map(({ path, name }) => ({ path: `mapping.${path}`, message: `no column ${name}` }))
  throw new Failure('import_mapping_wrong', { issues }, unknownColumnsSentence(unknown, columns))
}

function assertMapped({ mapping, format, mode, secondsPerDay }: ImportRow): void {
  const parsed = mappingShape.safeParse(mapping)
  if (!parsed.success) throw new Failure('import_mapping_wrong', { issues: issuesOf(parsed.error) })
  assertColumns(parsed.data, storedFormatShape.parse(format))
  if (mode === 'compressed' && secondsPerDay === null)
    throw new Failure('import_mapping_wrong', {
      issues: [{ path: 'secondsPerDay', message: 'say how many seconds a day takes' }],
    })
}

/** Starts a mapped import; when Temporal cannot be reached it stays as it was. */
export async function startImport(doors: Doors, row: ImportRow, by: By): Promise<ImportRow> {
  if (row.status !== 'uploaded') throw new Failure('import_state_wrong')
  assertMapped(row)
  const moved = await move(doors, row, by, ['uploaded'], { status: 'running', startedAt: new Date() })
  try {
    await wake(doors, { workspaceId: row.workspaceId, importId: row.id, task: 'run' })
  } catch (error) {
    await move(doors, row, by, ['running'], { status: 'uploaded', startedAt: null })
    throw error
  }
  return moved
}

/** Holds an import where it is; a fast clock stands still at once. */
export function pauseImport(doors: Doors, row: ImportRow, by: By): Promise<ImportRow> {
  return move(doors, row, by, ['running'], { status: 'paused' }, (tx) => pauseClock(tx, row.id))
}

/** Lets a paused or failed import go on from where it is. */
export async function resumeImport(doors: Doors, row: ImportRow, by: By): Promise<ImportRow> {
  const change = { status: 'running' as const, failure: null, finishedAt: null }
  const moved = await move(doors, row, by, ['paused', 'failed', 'running'], change, (tx) =>
    resumeClock(tx, row.id),
  )
  await wake(doors, { workspaceId: row.workspaceId, importId: row.id, task: 'run' })
  return moved
}

/** Gives the fast clock of a run another speed, from the instant it shows on. */
export function changePaceOf(
  { db }: Doors,
  row: ImportRow,
  { record }: By,
  secondsPerDay: number,
): Promise<ImportRow> {
  return pastLostRaces(() =>
    db.transaction(async (tx) => {
      const { workspaceId, id, mode } = row
      const moved =
        mode === 'compressed'
          ? await moveImport(tx, workspaceId, id, ['running', 'paused'], { secondsPerDay })
          : null
      if (!moved) throw new Failure('import_state_wrong')
      await changePace(tx, id, secondsPerDay)
      await record(tx, { from: row.secondsPerDay, secondsPerDay })
      return moved
    }),
  )
}

/** Ends an import; what is stored stays, what its fast clock had not reached is dropped, and who it tested with leaves. */
export function stopImport(doors: Doors, row: ImportRow, by: By): Promise<ImportRow> {
  const change = { status: 'stopped' as const, finishedAt: new Date() }
  return move(doors, row, by, ['running', 'paused'], change, async (tx) => {
    await endClock(tx, row.id)
    await leaveClock(tx, row.id, { memberId: by.memberId, reason: row.fileName })
    await clearFeed(tx, row.id)
  })
}

/** Takes an ended import back, in the background. */
export async function undoImport(doors: Doors, row: ImportRow, by: By): Promise<ImportRow> {
  const { status, failure } = row
  const moved = await move(doors, row, by, ['done', 'stopped', 'failed'], {
    status: 'undoing',
    failure: null,
  })
  try {
    await wake(doors, { workspaceId: row.workspaceId, importId: row.id, task: 'undo' })
  } catch (error) {
    await move(doors, row, by, ['undoing'], { status, failure })
    throw error
  }
  return moved
}
