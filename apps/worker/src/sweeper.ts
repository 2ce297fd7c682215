import { foldCounts } from '@tropa/db/counts'
import { askedFor, overdue, putOff, unstarted, type Wanted } from '@tropa/db/enrollments'
import { expiredAttempts } from '@tropa/db/messages'
import type pg from 'pg'
import type { Launch, Launcher } from './launcher.ts'
import type { Outages } from './outages.ts'
import type { SendDesk } from './send/desk.ts'

export interface SweeperOptions {
  pool: pg.Pool
  launcher: Launcher
  desk: SendDesk
  outages: Outages
  everyMs: number
  /** Enrollments without a workflow are started after this long. */
  unstartedMs: number
  /** Enrollments are woken when they are this late. */
  overdueMs: number
}

const most = 500
/** While Temporal does not answer, only so many are tried, to see whether it does again. */
const probes = 2
const foldAtOnce = 20_000
const firstPatienceMs = 30_000
const longestPatienceMs = 10 * 60_000

/** Repeats what a crash, a lost signal or an absent Temporal left undone. Everything it does may be done twice. */
export class Sweeper {
  private timer: NodeJS.Timeout | undefined
  private stopped = false
  private turning: Promise<void> = Promise.resolve()
  /** When an enrollment that was woken may be woken again, and how long the next wait is. */
  private readonly woken = new Map<string, { notBefore: number; patienceMs: number }>()

  constructor(private readonly options: SweeperOptions) {}

  start(): void {
    this.timer = setTimeout(() => {
      this.turning = this.turn()
    }, this.options.everyMs)
  }

  async stop(): Promise<void> {
    this.stopped = true
    clearTimeout(this.timer)
    await this.turning
  }

  /** One round. */
  async sweep(): Promise<void> {
    const { pool, launcher, unstartedMs, overdueMs } = this.options
    if (launcher.failing) this.woken.clear()
    if (launcher.pending < most) {
      const atOnce = launcher.failing ? probes : most
      const fresh = await unstarted(pool, unstartedMs, atOnce)
      launcher.launch(this.patiently(fresh).map(({ forMs, ...ids }) => ({ ...ids, do: 'start', forMs })))
      const asked = await askedFor(pool, unstartedMs, atOnce)
      const late = this.patiently([...asked, ...(await overdue(pool, overdueMs, atOnce))])
      launcher.launch(late.map(({ forMs: _, ...ids }): Launch => ({ ...ids, do: 'wake', started: false })))
      await putOff(
        pool,
        late.map(({ enrollmentId }) => enrollmentId),
        firstPatienceMs,
      )
    }
    for (const { messageId } of await expiredAttempts(pool, most)) await this.options.desk.deliver(messageId)
    while (((await foldCounts(pool, foldAtOnce))[0]?.folded ?? 0) === foldAtOnce);
  }

  private async turn(): Promise<void> {
    await this.options.outages.watch('sweeper', {}, () => this.sweep()).catch(() => undefined)
    if (!this.stopped) this.start()
  }

  /** Those that nobody is at and that were not woken just now; each time the same one comes up again it has to wait longer. */
  private patiently(wanted: Wanted[]): { workspaceId: string; enrollmentId: string; forMs: number }[] {
    const now = Date.now()
    for (const [id, { notBefore, patienceMs }] of this.woken)
      if (now > notBefore + patienceMs) this.woken.delete(id)
    return wanted.flatMap(({ id, workspaceId, forMs }) => {
      const before = this.woken.get(id)
      if (this.options.launcher.has(id) || (before && now < before.notBefore)) return []
      const patienceMs = Math.min(longestPatienceMs, (before?.patienceMs ?? firstPatienceMs / 2) * 2)
      this.woken.set(id, { notBefore: now + patienceMs, patienceMs })
      return [{ workspaceId, enrollmentId: id, forMs }]
    })
  }
}
