import { ApplicationFailure, activityInfo, CancelledFailure, Context } from '@temporalio/activity'
import type { ImportDeps } from '../imports/import-deps.ts'
import { failImport, runToNextStop } from '../imports/run.ts'
import { takeBack } from '../imports/undo.ts'
import type { Outages } from '../outages.ts'

interface ImportTarget {
  workspaceId: string
  importId: string
}

/** What the workflow does next: nothing more, or wait until a member lets the import go on. */
export interface ImportNext {
  next: 'end' | 'wait'
}

export interface ImportActivities {
  runImport: (target: ImportTarget) => Promise<ImportNext>
  undoImport: (target: ImportTarget) => Promise<ImportNext>
}

const mostAttempts = 8
const lostDatabase = /^(08|57P|53)|^E(CONN|PIPE|TIMEDOUT)|^CONNECTION/

/** Whether an error comes from outside and passes, so that trying again is right for as long as it takes. */
function passes(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) {
    const code = 'code' in at ? String(at.code) : ''
    if (lostDatabase.test(code) || /Connection terminated|timeout exceeded/.test(at.message)) return true
  }
  return false
}

/** What Temporal is told of an error: never its text, which may quote the rows of a file. */
function interrupted(): ApplicationFailure {
  return ApplicationFailure.retryable(
    'The import was interrupted; the worker log says by what',
    'import_interrupted',
  )
}

/** What the activities share; the heart beats per activity. */
export type ImportDoors = Omit<ImportDeps, 'beat'>

/** The activities of `import`. They beat while they work, so that a killed worker's import goes on elsewhere. */
export function importActivities(doors: ImportDoors, outages: Outages): ImportActivities {
  const perform = async (target: ImportTarget, work: typeof runToNextStop): Promise<ImportNext> => {
    const { heartbeat, cancellationSignal } = Context.current()
    const beat = (): void => {
      cancellationSignal.throwIfAborted()
      heartbeat()
    }
    try {
      return await outages.watch('import', { importId: target.importId }, () =>
        work({ ...doors, beat }, target),
      )
    } catch (error) {
      if (error instanceof CancelledFailure) throw error
      if (passes(error) || cancellationSignal.aborted || activityInfo().attempt < mostAttempts)
        throw interrupted()
      await failImport(doors.db, target)
      return { next: 'end' }
    }
  }
  return {
    runImport: (target) => perform(target, runToNextStop),
    undoImport: (target) => perform(target, takeBack),
  }
}
