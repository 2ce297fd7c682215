import { type ImportDoors, importActivities } from '../activities/import-run.ts'
import { importsQueue } from '../contract.ts'
import type { Outages } from '../outages.ts'
import type { QueueOptions } from '../temporal-link.ts'

/** The worker of imports: few at a time, so that journeys keep their share of the machine. */
export function importQueue(doors: ImportDoors, outages: Outages): QueueOptions {
  return {
    taskQueue: importsQueue,
    workflows: true,
    activities: importActivities(doors, outages),
    maxCachedWorkflows: 20,
    maxConcurrentWorkflowTaskExecutions: 4,
    maxConcurrentActivityTaskExecutions: 4,
    shutdownGraceTime: '2 s',
    shutdownForceTime: '25 s',
  }
}
