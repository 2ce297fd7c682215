import { clearFeed, endClock, leaveClock, pauseClock, resumeClock } from '@tropa/db/feed'
import { type ImportRow, type ImportStatus, moveImport } from '@tropa/db/imports'
import { columnsOf, mappingShape, storedFormatShape } from '@tropa/intake'
import { type ImportInput, importOptions, importWorkflow } from '@tropa/worker/contract'
import type { Deps } from '../context.ts'
import { Failure } from '../errors.ts'
import { issuesOf } from '../input.ts'
import { safeError } from '../log.ts'

type Doors = Pick<Deps, 'db' | 'engine' | 'log'>

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

async function move(
  { db }: Doors,
  row: ImportRow,
  from: ImportStatus[],
  change: Parameters<typeof moveImport>[4],
): Promise<ImportRow> {
  const moved = await moveImport(db, row.workspaceId, row.id, from, change)
  if (!moved) throw new Failure('import_state_wrong')
  return moved
}

function assertMapped({ mapping, format, mode, secondsPerDay }: ImportRow): void {
  const parsed = mappingShape.safeParse(mapping)
  if (!parsed.success) throw new Failure('import_mapping_wrong', { issues: issuesOf(parsed.error) })
  const width = storedFormatShape.parse(format).columns.length
  const beyond = columnsOf(parsed.data).filter((column) => column >= width)
  if (beyond.length > 0)
    throw new Failure('import_mapping_wrong', {
      issues: [{ path: 'mapping', message: `the file has no column ${beyond.map((n) => n + 1).join(', ')}` }],
    })
  if (mode === 'compressed' && secondsPerDay === null)
    throw new Failure('import_mapping_wrong', {
      issues: [{ path: 'secondsPerDay', message: 'say how many seconds a day takes' }],
    })
}

/** Starts a mapped import; when Temporal cannot be reached it stays as it was. */
export async function startImport(doors: Doors, row: ImportRow): Promise<ImportRow> {
  if (row.status !== 'uploaded') throw new Failure('import_state_wrong')
  assertMapped(row)
  const moved = await move(doors, row, ['uploaded'], { status: 'running', startedAt: new Date() })
  try {
    await wake(doors, { workspaceId: row.workspaceId, importId: row.id, task: 'run' })
  } catch (error) {
    await moveImport(doors.db, row.workspaceId, row.id, ['running'], { status: 'uploaded', startedAt: null })
    throw error
  }
  return moved
}

/** Holds an import where it is; a fast clock stands still at once. */
export function pauseImport(doors: Doors, row: ImportRow): Promise<ImportRow> {
  return doors.db.transaction(async (tx) => {
    const moved = await moveImport(tx, row.workspaceId, row.id, ['running'], { status: 'paused' })
    if (!moved) throw new Failure('import_state_wrong')
    await pauseClock(tx, row.id)
    return moved
  })
}

/** Lets a paused or failed import go on from where it is. */
export async function resumeImport(doors: Doors, row: ImportRow): Promise<ImportRow> {
  const moved = await doors.db.transaction(async (tx) => {
    const change = { status: 'running' as const, failure: null, finishedAt: null }
    const found = await moveImport(tx, row.workspaceId, row.id, ['paused', 'failed', 'running'], change)
    if (!found) throw new Failure('import_state_wrong')
    await resumeClock(tx, row.id)
    return found
  })
  await wake(doors, { workspaceId: row.workspaceId, importId: row.id, task: 'run' })
  return moved
}

/** Ends an import; what is stored stays, what its fast clock had not reached is dropped, and who it tested with leaves. */
export function stopImport({ db }: Doors, row: ImportRow, memberId: string): Promise<ImportRow> {
  return db.transaction(async (tx) => {
    const change = { status: 'stopped' as const, finishedAt: new Date() }
    const moved = await moveImport(tx, row.workspaceId, row.id, ['running', 'paused'], change)
    if (!moved) throw new Failure('import_state_wrong')
    await endClock(tx, row.id)
    await leaveClock(tx, row.id, { memberId, reason: row.fileName })
    await clearFeed(tx, row.id)
    return moved
  })
}

/** Takes an ended import back, in the background. */
export async function undoImport(doors: Doors, row: ImportRow): Promise<ImportRow> {
  const before = row.status
  const moved = await move(doors, row, ['done', 'stopped', 'failed'], { status: 'undoing', failure: null })
  try {
    await wake(doors, { workspaceId: row.workspaceId, importId: row.id, task: 'undo' })
  } catch (error) {
    await moveImport(doors.db, row.workspaceId, row.id, ['undoing'], { status: before, failure: row.failure })
    throw error
  }
  return moved
}
