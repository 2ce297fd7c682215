import { ApplicationFailure, activityInfo, CancelledFailure, Context } from '@temporalio/activity'
import { isLostDatabase } from '@tropa/db/lost'
import type { ImportDeps, ImportTarget, Stop } from '../imports/import-deps.ts'
import { failImport, runToNextStop } from '../imports/run.ts'
import { takeBack } from '../imports/undo.ts'
import type { Outages } from '../outages.ts'

export interface ImportActivities {
  runImport: (target: ImportTarget) => Promise<Stop>
  undoImport: (target: ImportTarget) => Promise<Stop>
}

const mostAttempts = 8

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
  const perform = async (target: ImportTarget, work: typeof runToNextStop): Promise<Stop> => {
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
      if (isLostDatabase(error) || cancellationSignal.aborted || activityInfo().attempt < mostAttempts)
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
