import { countAttempt, keepRejections, type OutboxEvent, takeEvent, takeEvents } from '@tropa/db/outbox'
import { beginPatiently, inTransaction, isLockTimeout, type Transaction } from '@tropa/db/statement'
import type pg from 'pg'
import type { Logger } from 'pino'
import type { Launcher } from '../launcher.ts'
import { errorFields, type Outages } from '../outages.ts'
import { HeldCustomers } from './held-customers.ts'
import { keepOrder } from './keep-order.ts'
import { Leases } from './leases.ts'
import { isOutage } from './outage.ts'
import { type RouteDeps, routeEvents } from './route.ts'

export interface RouterOptions extends RouteDeps {
  pool: pg.Pool
  databaseUrl: string
  launcher: Launcher
  outages: Outages
  log: Logger
  /** How many batches are routed at the same time. */
  lanes: number
  pollMs: number
  /** Called when the engine is told of something that no event brings. */
  called: () => void
}

const perPartition = 8
const mostAttempts = 5
const mostLaunches = 1_000
const outageMs = 500

/** Takes events from the outbox as they are committed and routes them, in order for each customer. */
export class Router {
  /** When a batch was last looked for with success, for the health page. */
  lastLookAt = 0
  private readonly leases: Leases
  private readonly held: HeldCustomers
  private stopped = false
  /** By lane: how often something has stirred, and what wakes it from its sleep. */
  private readonly stirred: number[]
  private readonly sleepers: (() => void)[] = []
  private lanes: Promise<void>[] = []

  constructor(private readonly options: RouterOptions) {
    this.stirred = Array.from({ length: options.lanes }, () => 0)
    this.held = new HeldCustomers(options.pool)
    this.leases = new Leases(options.databaseUrl, options.outages, (told) => this.stir(told), options.called)
  }

  /** The parts of the customers that are this process's share now. */
  get partitions(): ReadonlySet<number> {
    return this.leases.held
  }

  async start(): Promise<void> {
    await this.leases.start()
    this.lanes = Array.from({ length: this.options.lanes }, (_, lane) => this.run(lane))
  }

  /** Ends after the batches under way; the partitions are free for others then. */
  async stop(): Promise<void> {
    this.stopped = true
    this.stir()
    await Promise.all(this.lanes)
    await this.leases.stop()
  }

  /** Wakes the lanes of some partitions, or all. */
  private stir(told?: number[]): void {
    const { lanes } = this.options
    const awake = new Set(told?.map((partition) => partition % lanes))
    for (let lane = 0; lane < lanes; lane += 1) {
      if (told && !awake.has(lane)) continue
      this.stirred[lane] = (this.stirred[lane] ?? 0) + 1
      this.sleepers[lane]?.()
    }
  }

  private async run(lane: number): Promise<void> {
    while (!this.stopped) {
      const seen = this.stirred[lane] ?? 0
      let routed = 0
      let pause = this.options.pollMs
      try {
        const mine = [...this.leases.held].filter((partition) => partition % this.options.lanes === lane)
        if (mine.length > 0 && this.options.launcher.pending < mostLaunches)
          routed = await this.options.outages.watch('router', {}, () => this.routeBatch(mine))
        if (this.leases.connected) this.lastLookAt = Date.now()
      } catch {
        pause = outageMs
        await this.sleep(lane, pause, -1)
        continue
      }
      if (routed === 0) await this.sleep(lane, pause, seen)
    }
  }

  /** Lets a lane sleep until something stirs after `seen` was read, or for a while. */
  private async sleep(lane: number, ms: number, seen: number): Promise<void> {
    if (seen >= 0 && this.stirred[lane] !== seen) return
    await new Promise<void>((resolve) => {
      const wake = () => {
        clearTimeout(timer)
        delete this.sleepers[lane]
        resolve()
      }
      const timer = setTimeout(wake, ms)
      if (seen >= 0) this.sleepers[lane] = wake
    })
  }

  private async routeBatch(mine: number[]): Promise<number> {
    let events: OutboxEvent[] = []
    try {
      await this.route(async (tx) => {
        events = await takeEvents(tx, mine, perPartition, await this.held.stillHeld(tx, mine))
        events = await keepOrder(tx, events)
        return events
      })
    } catch (error) {
      if (isOutage(error) || events.length === 0) throw error
      if (!isLockTimeout(error) || !(await this.held.find(events))) await this.routeEachAlone(events)
    }
    return events.length
  }

  /** Routes what `take` takes in one transaction, and launches what came of it. */
  private async route(take: (tx: Transaction) => Promise<OutboxEvent[]>): Promise<void> {
    const { pool, launcher } = this.options
    const work = async (tx: Transaction) => {
      const events = await take(tx)
      return events.length === 0 ? [] : routeEvents(this.options, tx, events)
    }
    launcher.launch(await inTransaction(pool, work, beginPatiently))
  }

  /** An event that has to wait for a lock stays in the outbox, and with it those behind it of the same customer. */
  private async routeEachAlone(events: readonly OutboxEvent[]): Promise<void> {
    const waiting = new Set<string>()
    for (const { id, customerId } of events) {
      if (waiting.has(customerId)) continue
      try {
        await this.route(async (tx) => keepOrder(tx, await takeEvent(tx, id)))
      } catch (error) {
        if (isOutage(error)) throw error
        if (isLockTimeout(error)) waiting.add(customerId)
        else await this.countFailure(id, error)
      }
    }
  }

  private async countFailure(eventId: number, error: unknown): Promise<void> {
    const [counted] = await countAttempt(this.options.pool, eventId)
    this.options.log.error(
      { eventId, attempts: counted?.attempts, ...errorFields(error) },
      'event cannot be routed',
    )
    if ((counted?.attempts ?? 0) >= mostAttempts) await this.reject(eventId)
  }

  /** Sets an event aside that fails every time, so that it does not block those behind it. */
  private async reject(eventId: number): Promise<void> {
    await inTransaction(this.options.pool, async (tx) => {
      const [event] = await takeEvent(tx, eventId)
      if (!event) return
      const { workspaceId, customerId } = event
      await keepRejections(tx, [
        { workspaceId, journeyId: null, customerId, eventId, reason: 'internal_error', trace: null },
      ])
    })
  }
}
