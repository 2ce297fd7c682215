import { Client } from '@temporalio/client'
import { NativeConnection, Runtime, Worker, type WorkerOptions } from '@temporalio/worker'
import type { Logger } from 'pino'
import { type TemporalAddress, temporalConnection } from './contract.ts'
import type { Outages } from './outages.ts'
import { workflowBundle } from './workflow-bundle.ts'

/** A task queue and what works on it. `workflows` says whether it carries ours. */
export type QueueOptions = Omit<WorkerOptions, 'connection' | 'namespace' | 'workflowBundle'> & {
  workflows: boolean
}

export interface LinkOptions {
  temporal: TemporalAddress
  queues: QueueOptions[]
  log: Logger
  outages: Outages
}

const againMs = 1_000
const lookMs = 3_000

let runtimeReady = false

/** Lets the SDK's native part speak through our log, and leaves signals to us. Only the first call of a process counts. */
function prepareRuntime(log: Logger): void {
  if (runtimeReady) return
  runtimeReady = true
  const quiet = (message: string) => log.debug({ sdk: message.slice(0, 300) }, 'temporal sdk')
  const loud = (message: string) => log.error({ sdk: message.slice(0, 300) }, 'temporal sdk')
  Runtime.install({
    shutdownSignals: [],
    telemetryOptions: { logging: { filter: 'ERROR', forward: {} } },
    logger: {
      log: (level, message) => (level === 'ERROR' ? loud : quiet)(message),
      trace: () => undefined,
      debug: quiet,
      info: quiet,
      warn: quiet,
      error: loud,
    },
  })
}

/**
 * The connection to Temporal and the workers on it. The SDK outlives short outages by itself; when the workers end all
 * the same, a new connection with new workers takes their place.
 */
export class TemporalLink {
  client: Client | null = null
  private workers: Worker[] = []
  private reachable = false
  private stopped = false
  private running: Promise<void> = Promise.resolve()

  constructor(private readonly options: LinkOptions) {
    prepareRuntime(options.log)
  }

  /** Whether the workers poll and Temporal answered the last time it was asked. */
  get ready(): boolean {
    return (
      this.reachable &&
      this.workers.length > 0 &&
      this.workers.every((worker) => worker.getState() === 'RUNNING')
    )
  }

  start(): void {
    this.running = this.keepRunning()
  }

  /** Ends polling, lets what runs end, and closes the connection. */
  async stop(): Promise<void> {
    this.stopped = true
    for (const worker of this.workers) if (worker.getState() === 'RUNNING') worker.shutdown()
    await this.running
  }

  private async keepRunning(): Promise<void> {
    while (!this.stopped) {
      await this.options.outages.watch('temporal link', {}, () => this.runOnce()).catch(() => undefined)
      if (!this.stopped) await new Promise((resolve) => setTimeout(resolve, againMs))
    }
  }

  private async runOnce(): Promise<void> {
    const { temporal, queues } = this.options
    const { namespace } = temporal
    const connection = await NativeConnection.connect(temporalConnection(temporal))
    try {
      this.client = new Client({ connection, namespace })
      this.workers = []
      for (const { workflows, ...options } of queues) {
        const code = workflows ? { workflowBundle: await workflowBundle() } : {}
        this.workers.push(await Worker.create({ ...options, ...code, connection, namespace }))
      }
      if (this.stopped) return
      const looking = setInterval(() => void this.look(connection), lookMs)
      await this.look(connection)
      await Promise.all(this.workers.map((worker) => this.runWorker(worker))).finally(() =>
        clearInterval(looking),
      )
    } finally {
      this.reachable = false
      this.client = null
      this.workers = []
      await connection.close()
    }
  }

  /** Asks Temporal whether it is there: the SDK waits for it in silence, and somebody has to say so. */
  private async look(connection: NativeConnection): Promise<void> {
    try {
      await this.options.outages.watch('temporal', {}, () =>
        connection.withDeadline(Date.now() + lookMs, () => connection.workflowService.getSystemInfo({})),
      )
      this.reachable = true
    } catch {
      this.reachable = false
    }
  }

  /** When one worker ends by itself the others end too, so that all are made anew together. */
  private async runWorker(worker: Worker): Promise<void> {
    try {
      await worker.run()
    } finally {
      for (const other of this.workers) if (other.getState() === 'RUNNING') other.shutdown()
    }
  }
}
