import { type Client, WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/client'
import { markStarted } from '@tropa/db/enrollments'
import type pg from 'pg'
import { type JourneyInput, journeysQueue, journeyWorkflow, wakeOptions } from './contract.ts'
import type { Next } from './enrollment/next.ts'
import type { Outages } from './outages.ts'

/**
 * What is to become of an enrollment: `start` gives a new one its workflow, `move` does here what is due and tells its
 * workflow what it must know, `wake` leaves all of that to the workflow, `finish` ends the workflow of one that is over.
 * `next` and `messageId` are what the last leg left to do.
 */
export type Launch =
  | (JourneyInput & { do: 'start'; forMs: number; messageId?: string })
  | (JourneyInput & { do: 'move'; started: boolean; next?: Next })
  | (JourneyInput & { do: 'wake'; started: boolean })
  | (JourneyInput & { do: 'finish' })

/** An enrollment whose time comes in so many milliseconds. */
export interface Sleeper {
  id: string
  workspaceId: string
  started: boolean
  forMs: number
}

export interface LauncherOptions {
  pool: pg.Pool
  /** The client, or `null` while Temporal is not reached. */
  client: () => Client | null
  outages: Outages
  /** Whether a workflow that has time to sleep is started with a delay instead of at once. */
  startDelay: boolean
  concurrency: number
  /**
   * Moves an enrollment in this process, effects included, as far as it goes: Temporal is spared the tasks, and has to
   * know only of what remains. Without it workflows do all of this.
   */
  drive?: ((enrollmentId: string, messageId?: string) => Promise<Next>) | undefined
  /** Has this process move a sleeper at its time. Workflows then sleep longer by `graceMs` and only stand by. */
  alarm?: { set: (sleeper: Sleeper) => void; graceMs: number } | undefined
}

const shortestDelayMs = 200
const mostQueued = 5_000
const markEveryMs = 100
const mostMarkTries = 20

/**
 * Moves enrollments and tells Temporal what it must know of them, a bounded number at a time. It promises nothing:
 * whatever is lost here (Temporal away, this process killed) the sweeper finds in the database and does again.
 */
export class Launcher {
  private readonly queue: Launch[] = []
  private readonly busy = new Map<string, number>()
  private readonly done: string[] = []
  private running = 0
  private unanswered = false
  private flushing: Promise<void> | null = null

  constructor(private readonly options: LauncherOptions) {}

  /** Whether Temporal did not answer last time: until it does, launches are left to the sweeper. */
  get failing(): boolean {
    return this.unanswered
  }

  /** How many launches wait or are under way. */
  get pending(): number {
    return this.queue.length + this.running
  }

  /** Whether a launch of this enrollment waits or is under way. */
  has(enrollmentId: string): boolean {
    return this.busy.has(enrollmentId)
  }

  /** Takes launches over; what does not fit into the queue is left to the sweeper. */
  launch(launches: Launch[]): void {
    for (const launch of launches) {
      if (this.queue.length >= mostQueued) break
      this.queue.push(launch)
      this.busy.set(launch.enrollmentId, (this.busy.get(launch.enrollmentId) ?? 0) + 1)
    }
    while (this.running < this.options.concurrency && this.queue.length > 0) void this.work()
  }

  /** Resolves when nothing is under way. */
  async drained(): Promise<void> {
    while (this.pending > 0 || this.flushing) await new Promise((resolve) => setTimeout(resolve, 10))
  }

  private async work(): Promise<void> {
    this.running += 1
    try {
      for (let next = this.queue.shift(); next; next = this.queue.shift()) {
        await this.perform(next)
        this.release(next)
      }
    } finally {
      this.running -= 1
    }
  }

  private release({ enrollmentId }: Launch): void {
    const left = (this.busy.get(enrollmentId) ?? 1) - 1
    if (left > 0) this.busy.set(enrollmentId, left)
    else this.busy.delete(enrollmentId)
  }

  private async perform(launch: Launch): Promise<void> {
    const client = this.options.client()
    if (!client) {
      this.giveUp()
      return
    }
    const { workspaceId, enrollmentId } = launch
    try {
      const told = await this.options.outages.watch('temporal', { enrollmentId }, () =>
        this.tell(client, launch, { workspaceId, enrollmentId }),
      )
      this.unanswered = false
      if (told) this.started(enrollmentId)
    } catch {
      // Reported by `outages`.
      this.giveUp()
    }
  }

  private giveUp(): void {
    this.unanswered = true
    for (const launch of this.queue.splice(0)) this.release(launch)
  }

  /** Answers whether Temporal has a workflow of the enrollment of which nothing was known before. */
  private async tell(client: Client, launch: Launch, input: JourneyInput): Promise<boolean> {
    if (launch.do === 'finish') {
      await finish(client, input)
      return false
    }
    if (launch.do === 'wake') {
      await client.workflow.signalWithStart(journeyWorkflow, wakeOptions(input))
      return !launch.started
    }
    const started = launch.do === 'move' && launch.started
    const next = await this.nextOf(launch)
    if (next?.do === 'end') {
      if (started) await finish(client, input)
      return false
    }
    const { alarm } = this.options
    if (!started) await this.startWorkflow(client, input, next)
    else if (next?.do !== 'sleep' || !alarm)
      await client.workflow.signalWithStart(journeyWorkflow, wakeOptions(input))
    if (next?.do === 'sleep')
      alarm?.set({ id: input.enrollmentId, workspaceId: input.workspaceId, started: true, forMs: next.forMs })
    return !started
  }

  /** What is left to do when all that can be done here at once is done; `null` leaves everything to the workflow. */
  private async nextOf(launch: Launch & { do: 'start' | 'move' }): Promise<Next | null> {
    const known = launch.do === 'move' ? launch.next : firstOf(launch)
    if (known && known.do !== 'send') return known
    const { drive, outages } = this.options
    if (!drive) return null
    const { enrollmentId } = launch
    // A failure is reported by `outages`.
    return outages
      .watch('drive', { enrollmentId }, () => drive(enrollmentId, known?.messageId))
      .catch(() => null)
  }

  private async startWorkflow(client: Client, input: JourneyInput, next: Next | null): Promise<void> {
    try {
      await client.workflow.start(journeyWorkflow, {
        workflowId: input.enrollmentId,
        taskQueue: journeysQueue,
        args: [input],
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
        ...this.delayOf(next),
      })
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error
      // It may sleep longer than it should by now: a needless wake-up costs little, a missed one costs time.
      await client.workflow.signalWithStart(journeyWorkflow, wakeOptions(input))
    }
  }

  private delayOf(next: Next | null): { startDelay?: number } {
    if (!this.options.startDelay || next?.do !== 'sleep') return {}
    const forMs = Math.ceil(next.forMs) + (this.options.alarm?.graceMs ?? 0)
    return forMs > shortestDelayMs ? { startDelay: forMs } : {}
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

  /** What cannot be marked for long, the sweeper finds unmarked and starts again, which changes nothing. */
  private async flush(): Promise<void> {
    let held: string[] = []
    for (let tries = 0; this.done.length > 0 || (held.length > 0 && tries < mostMarkTries); tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, markEveryMs))
      if (held.length === 0) tries = 0
      const ids = [...held, ...this.done.splice(0)]
      const left = await this.options.outages
        .watch('database', {}, () => markStarted(this.options.pool, ids))
        .catch(() => [])
      held = left.map(({ id }) => id)
    }
  }
}

function firstOf({ forMs, messageId }: Launch & { do: 'start' }): Next | undefined {
  if (messageId !== undefined) return { do: 'send', messageId }
  return forMs > 0 ? { do: 'sleep', forMs } : undefined
}

/** Ends the workflow of an enrollment that is over: its record is closed already, so nothing is left to do. */
async function finish(client: Client, { enrollmentId }: JourneyInput): Promise<void> {
  try {
    await client.workflow.getHandle(enrollmentId).terminate('The enrollment has ended.')
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error
  }
}
