import {
  condition,
  continueAsNew,
  defineSignal,
  proxyActivities,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow'
import type { ImportActivities } from '../activities/import-run.ts'
import { type ImportInput, wakeSignal } from '../contract.ts'

const { runImport, undoImport } = proxyActivities<ImportActivities>({
  startToCloseTimeout: '30 days',
  heartbeatTimeout: '10 s',
  retry: { initialInterval: '1 s', backoffCoefficient: 2, maximumInterval: '10 s' },
})

const wake = defineSignal(wakeSignal)

/**
 * Carries an import, or takes one back. How far it is stands in the database: a repeated activity goes on from there.
 * While the import is paused the workflow sleeps until a member wakes it; now and then it looks by itself.
 */
export async function importFile(input: ImportInput): Promise<void> {
  let woken = false
  setHandler(wake, () => {
    woken = true
  })
  for (;;) {
    woken = false
    const { workspaceId, importId, task } = input
    const { next } = await (task === 'undo' ? undoImport : runImport)({ workspaceId, importId })
    if (next === 'end' && !woken) return
    if (next === 'wait' && !woken) await condition(() => woken, '10 m')
    if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof importFile>(input)
  }
}
