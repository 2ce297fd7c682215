import { dueSoon } from '@tropa/db/enrollments'
import type pg from 'pg'
import type { Launcher, Sleeper } from '../launcher.ts'
import type { Outages } from '../outages.ts'

export interface AlarmOptions {
  pool: pg.Pool
  launcher: Pick<Launcher, 'launch' | 'has' | 'pending'>
  outages: Outages
  /** The parts of the customers that are this process's share. */
  partitions: () => Iterable<number>
  /** Whether enrollments on compressed clocks that live are woken too; otherwise their runs do that. */
  clocks: boolean
  lookMs?: number
}

const slackMs = 500
const mostAtOnce = 2_000
const mostPending = 1_000

/**
 * Moves sleeping enrollments in this process when their time has come. It holds in memory only those that are due within
 * moments; the others stand in the database, where it looks every second. Their workflows sleep a little longer and
 * come when this process does not.
 */
export class Alarm {
  private readonly armed = new Map<string, NodeJS.Timeout>()
  private readonly lookMs: number
  private timer: NodeJS.Timeout | undefined
  private stopped = false
  private looking: Promise<void> = Promise.resolve()

  constructor(private readonly options: AlarmOptions) {
    this.lookMs = options.lookMs ?? 1_000
  }

  start(): void {
    this.timer = setTimeout(() => {
      this.looking = this.turn()
    }, this.lookMs)
  }

  async stop(): Promise<void> {
    this.stopped = true
    clearTimeout(this.timer)
    for (const timeout of this.armed.values()) clearTimeout(timeout)
    this.armed.clear()
    await this.looking
  }

  /** Sets the alarm for an enrollment that was just seen to fall asleep; one that sleeps long is found later. */
  set({ id, workspaceId, started, forMs }: Sleeper): void {
    if (this.stopped || forMs > this.horizonMs) return
    clearTimeout(this.armed.get(id))
    const ring = () => {
      this.armed.delete(id)
      this.options.launcher.launch([{ do: 'move', workspaceId, enrollmentId: id, started }])
    }
    this.armed.set(id, setTimeout(ring, Math.max(0, Math.ceil(forMs))))
  }

  /** Sets the alarm for all whose time comes before the next look. */
  async look(): Promise<void> {
    const { pool, launcher, partitions, clocks } = this.options
    if (launcher.pending > mostPending) return
    for (const sleeper of await dueSoon(pool, this.horizonMs, [...partitions()], clocks, mostAtOnce))
      if (!this.armed.has(sleeper.id) && !launcher.has(sleeper.id)) this.set(sleeper)
  }

  private get horizonMs(): number {
    return this.lookMs + slackMs
  }

  private async turn(): Promise<void> {
    await this.options.outages.watch('alarm', {}, () => this.look()).catch(() => undefined)
    if (!this.stopped) this.start()
  }
}
