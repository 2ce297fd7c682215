import { randomBytes } from 'node:crypto'
import { Connection } from '@temporalio/client'
import { msToTs } from '@temporalio/common/lib/time.js'

/**
 * Makes a Temporal namespace of one's own: engines with different databases must not share one, since each would take
 * the other's workflows from the queue.
 */
export async function freshNamespace(address: string): Promise<{ address: string; namespace: string }> {
  const namespace = `t-${randomBytes(6).toString('hex')}`
  const connection = await Connection.connect({ address })
  const { workflowService } = connection
  await workflowService.registerNamespace({
    namespace,
    workflowExecutionRetentionPeriod: msToTs('1 day'),
  })
  for (let tries = 0; ; tries += 1) {
    try {
      await workflowService.listOpenWorkflowExecutions({ namespace, maximumPageSize: 1, startTimeFilter: {} })
      break
    } catch (error) {
      if (tries > 100) throw error
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
  }
  await connection.close()
  return { address, namespace }
}
