import { proxyActivities, proxyLocalActivities, sleep } from '@temporalio/workflow'
import type { createActivities } from './activities.ts'

type Activities = ReturnType<typeof createActivities>

/** What the hand-written workflows are started with. */
export interface ReferenceInput {
  enrollmentId: string
  total: number
  waitMs: number
}

const remote = proxyActivities<Activities>({ startToCloseTimeout: '1 minute' })
const local = proxyLocalActivities<Activities>({ startToCloseTimeout: '5 seconds' })

async function fiveSteps(input: ReferenceInput, send: Activities['send']): Promise<void> {
  const template = input.total > 50 ? 'large' : 'small'
  await send({ enrollmentId: input.enrollmentId, step: 1, template })
  await sleep(input.waitMs)
  await send({ enrollmentId: input.enrollmentId, step: 2, template: 'after' })
}

/** What somebody writes by hand first: entry, condition, send, wait, send, with sends as ordinary activities. */
export async function plainReference(input: ReferenceInput): Promise<void> {
  await fiveSteps(input, remote.send)
}

/** The cleverest hand-written one: the same steps with sends as local activities. */
export async function cleverReference(input: ReferenceInput): Promise<void> {
  await fiveSteps(input, local.send)
}
