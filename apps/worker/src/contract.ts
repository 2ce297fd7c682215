/** Name of the workflow that carries one enrollment; its id is the enrollment's id. */
export const journeyWorkflow = 'journey'

/** The signal that makes a sleeping enrollment ask again what to do; it carries nothing. */
export const wakeSignal = 'wake'

/** Task queue of the workflows `journey` and of their short local work. */
export const journeysQueue = 'tropa-journeys'

/** Task queue of message delivery. */
export const sendQueue = 'tropa-send'

/** Name and task queue of the workflow that runs an import. */
export const importWorkflow = 'import'
export const importsQueue = 'tropa-imports'

/** What a `journey` workflow knows: ids only, nothing personal. */
export interface JourneyInput {
  workspaceId: string
  enrollmentId: string
}

/**
 * Options for `client.workflow.signalWithStart(journeyWorkflow, wakeOptions(…))`: wakes an enrollment whether its
 * workflow runs, sleeps before its start, or was lost. A needless wake-up changes nothing.
 */
export function wakeOptions(input: JourneyInput) {
  return {
    workflowId: input.enrollmentId,
    taskQueue: journeysQueue,
    args: [input] as [JourneyInput],
    signal: wakeSignal,
    signalArgs: [] as [],
    workflowIdReusePolicy: 'ALLOW_DUPLICATE' as const,
    workflowIdConflictPolicy: 'USE_EXISTING' as const,
  }
}

/** What an `import` workflow knows: which import, and whether it is run or taken back. */
export interface ImportInput {
  workspaceId: string
  importId: string
  task: 'run' | 'undo'
}

/**
 * Options for `client.workflow.signalWithStart(importWorkflow, importOptions(…))`: starts the workflow of an import or
 * makes a waiting one look at the database again. A needless call changes nothing.
 */
export function importOptions(input: ImportInput) {
  return {
    workflowId: `import-${input.task}-${input.importId}`,
    taskQueue: importsQueue,
    args: [input] as [ImportInput],
    signal: wakeSignal,
    signalArgs: [] as [],
    workflowIdReusePolicy: 'ALLOW_DUPLICATE' as const,
    workflowIdConflictPolicy: 'USE_EXISTING' as const,
  }
}
