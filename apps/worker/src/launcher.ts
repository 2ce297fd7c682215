import { type Client, WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/client'
import { markStarted } from '@tropa/db/enrollments'
import type pg from 'pg'
import { type JourneyInput, journeysQueue, journeyWorkflow, wakeOptions } from './contract.ts'
import type { Next } from './enrollment/next.ts'
import type { Outages } from './outages.ts'

/** What Temporal is to be told about an enrollment. */
export type Launch =
  | (JourneyInput & { do: 'start'; forMs: number; messageId?: string })
  | (JourneyInput & { do: 'wake'; started: boolean })
  | (JourneyInput & { do: 'finish' })

export interface LauncherOptions {
  pool: pg.Pool
  /** The client, or `null` while Temporal is not reached. */
  client: () => Client | null
  outages: Outages
  /** Whether a workflow that has time to sleep is started with a delay instead of at once. */
  startDelay: boolean
  concurrency: number
  /**
   * Moves an enrollment that has no workflow yet, effects included, before one is started for it: if it ends or only
   * has to sleep after that, Temporal is spared the tasks. Without it the workflow does all of this.
   */
  drive?: ((enrollmentId: string, messageId?: string) => Promise<Next>) | undefined
}

const shortestDelayMs = 200
const mostQueued = 5_000

/**
 * Tells Temporal to start, wake and end workflows, a bounded number at a time. It promises nothing: whatever is lost
 * here (Temporal away, this process killed) the sweeper finds in the database and does again.
 */
export class Launcher {
  private readonly queue: Launch[] = []
  private readonly done: string[] = []
  private running = 0
  /** Whether Temporal did not answer last time: until it does, launches are left to the sweeper. */
  failing = false
  private flushing: Promise<void> | null = null

  constructor(private readonly options: LauncherOptions) {}

  /** How many launches wait or are under way. */
  get pending(): number {
    return this.queue.length + this.running
  }

  /** Takes launches over; what does not fit into the queue is left to the sweeper. */
  launch(launches: Launch[]): void {
    for (const launch of launches) if (this.queue.length < mostQueued) this.queue.push(launch)
    while (this.running < this.options.concurrency && this.queue.length > 0) void this.work()
  }

  /** Resolves when nothing is under way. */
  async drained(): Promise<void> {
    while (this.pending > 0 || this.flushing) await new Promise((resolve) => setTimeout(resolve, 10))
  }

  private async work(): Promise<void> {
    this.running += 1
    try {
      for (let next = this.queue.shift(); next; next = this.queue.shift()) await this.perform(next)
    } finally {
      this.running -= 1
    }
  }

  private async perform(launch: Launch): Promise<void> {
    const client = this.options.client()
    if (!client) {
      this.giveUp()
      return
    }
    try {
      await this.options.outages.watch('temporal', { enrollmentId: launch.enrollmentId }, () =>
        this.tell(client, launch),
      )
      this.failing = false
      if (launch.do === 'start' || (launch.do === 'wake' && !launch.started))
        this.started(launch.enrollmentId)
    } catch {
      // Reported by `outages`.
      this.giveUp()
    }
  }

  private giveUp(): void {
    this.failing = true
    this.queue.length = 0
  }

  private async tell(client: Client, launch: Launch): Promise<void> {
    const { workspaceId, enrollmentId } = launch
    const input = { workspaceId, enrollmentId }
    if (launch.do === 'finish') return finish(client, enrollmentId)
    if (launch.do === 'wake') {
      await client.workflow.signalWithStart(journeyWorkflow, wakeOptions(input))
      return
    }
    const next = await this.first(launch)
    if (next.do === 'end') return
    const forMs = next.do === 'sleep' ? next.forMs : 0
    const delay = this.options.startDelay && forMs > shortestDelayMs ? Math.ceil(forMs) : 0
    try {
      await client.workflow.start(journeyWorkflow, {
        workflowId: enrollmentId,
        taskQueue: journeysQueue,
        args: [input],
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
        ...(delay > 0 ? { startDelay: delay } : {}),
      })
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error
      // It may sleep longer than it should by now: a needless wake-up costs little, a missed one costs time.
      await client.workflow.signalWithStart(journeyWorkflow, wakeOptions(input))
    }
  }

  /** What is left to do for a new enrollment when all that can be done at once is done. */
  private async first({ enrollmentId, forMs, messageId }: Launch & { do: 'start' }): Promise<Next> {
    const { drive, outages } = this.options
    if (!drive || forMs > 0) return { do: 'sleep', forMs }
    // Reported by `outages`; the workflow takes over what was not done.
    return outages
      .watch('first drive', { enrollmentId }, () => drive(enrollmentId, messageId))
      .catch(() => ({ do: 'sleep', forMs: 0 }))
  }

  private started(enrollmentId: string): void {
    this.done.push(enrollmentId)
    this.flushSoon()
  }

  private flushSoon(): void {
    this.flushing ??= this.flush().finally(() => {
      this.flushing = null
      if (this.done.length > 0) this.flushSoon()
    })
  }

  private async flush(): Promise<void> {
    while (this.done.length > 0) {
      await new Promise((resolve) => setTimeout(resolve, 20))
      const ids = this.done.splice(0)
      await this.options.outages
        .watch('database', {}, () => markStarted(this.options.pool, ids))
        .catch(() => undefined)
    }
  }
}

/** Ends the workflow of an enrollment that is over: its record is closed already, so nothing is left to do. */
async function finish(client: Client, enrollmentId: string): Promise<void> {
  try {
    await client.workflow.getHandle(enrollmentId).terminate('The enrollment has ended.')
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error
  }
}
