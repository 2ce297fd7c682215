import { foldCounts } from '@tropa/db/counts'
import { takeMended, takeReleased } from '@tropa/db/engine-calls'
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
const betweenCallsMs = 250

/** Repeats what a crash, a lost signal or an absent Temporal left undone. Everything it does may be done twice. */
export class Sweeper {
  private timer: NodeJS.Timeout | undefined
  private stopped = false
  /** Whether somebody asked for a look since the last one began. */
  private called = false
  private turning: Promise<void> = Promise.resolve()
  /** When an enrollment that was woken may be woken again, and how long the next wait is. */
  private readonly woken = new Map<string, { notBefore: number; patienceMs: number }>()

  constructor(private readonly options: SweeperOptions) {}

  start(): void {
    this.turnIn(this.options.everyMs)
  }

  /** Has the next round come at once, and look for requests that were only just made. */
  call(): void {
    this.called = true
    if (this.timer && !this.stopped) this.turnIn(0)
  }

  async stop(): Promise<void> {
    this.stopped = true
    clearTimeout(this.timer)
    await this.turning
  }

  /** One round; a `called` one waits for no other wake-up of what was asked for. */
  async sweep(called = false): Promise<void> {
    const { pool, launcher, desk, unstartedMs, overdueMs } = this.options
    if (launcher.failing) this.woken.clear()
    if (launcher.pending < most) {
      const atOnce = launcher.failing ? probes : most
      const fresh = await unstarted(pool, unstartedMs, atOnce)
      launcher.launch(this.patiently(fresh).map(({ forMs, ...ids }) => ({ ...ids, do: 'start', forMs })))
      const asked = await askedFor(pool, called ? 0 : unstartedMs, atOnce)
      const late = this.patiently([...asked, ...(await overdue(pool, overdueMs, atOnce))])
      launcher.launch(late.map(({ forMs: _, ...ids }): Launch => ({ ...ids, do: 'wake', started: false })))
      await putOff(
        pool,
        late.map(({ enrollmentId }) => enrollmentId),
        firstPatienceMs,
      )
      this.move(await takeReleased(pool, atOnce))
      // Without a call they are tried again within a minute by themselves.
      if (called) this.move(await takeMended(pool, atOnce))
    }
    // One that is waited for here may last minutes, and has only not renewed its lease yet.
    for (const { messageId } of await expiredAttempts(pool, most))
      if (!desk.has(messageId)) await desk.deliver(messageId)
    while (((await foldCounts(pool, foldAtOnce))[0]?.folded ?? 0) === foldAtOnce);
  }

  private turnIn(ms: number): void {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => {
      this.timer = undefined
      this.turning = this.turn()
    }, ms)
  }

  private async turn(): Promise<void> {
    const { called } = this
    this.called = false
    await this.options.outages.watch('sweeper', {}, () => this.sweep(called)).catch(() => undefined)
    if (!this.stopped) this.turnIn(this.called ? betweenCallsMs : this.options.everyMs)
  }

  /** Moves those whose messages may go out now; when there may be more of them the next round comes at once. */
  private move(released: { id: string; workspaceId: string }[]): void {
    this.options.launcher.launch(
      released.map(({ id, workspaceId }) => ({ workspaceId, enrollmentId: id, do: 'move', started: true })),
    )
    if (released.length === most) this.called = true
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
