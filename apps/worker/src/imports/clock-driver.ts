import { dueOnClock } from '@tropa/db/test-life'
import type { ImportDeps } from './import-deps.ts'

const mostAtOnce = 60
const concurrency = 6
const longestBackoffMs = 30_000

/**
 * Moves the test enrollments of one compressed run when its clock has come to what they wait for. Days pass in moments
 * there and the clock may stand still at any time, so a timer per enrollment would mostly fire to be set again.
 */
export class ClockDriver {
  /** Those that failed, which wait for another try and must not hold the clock up for the others. */
  private readonly failed = new Map<string, { failures: number; notBefore: number }>()

  constructor(private readonly deps: Pick<ImportDeps, 'pool' | 'beat' | 'moveTest'>) {}

  /** Ids of enrollments whose last move failed. */
  get stuck(): string[] {
    return [...this.failed.keys()]
  }

  /** Moves enrollments that are due, most overdue first; answers how many it tried. */
  async turn(clockId: string): Promise<number> {
    const now = performance.now()
    const resting = [...this.failed].filter(([, { notBefore }]) => now < notBefore).map(([id]) => id)
    const due = await dueOnClock(this.deps.pool, clockId, resting, mostAtOnce)
    const queue = due.values()
    const work = async (): Promise<void> => {
      for (const enrollment of queue) await this.move(enrollment)
    }
    await Promise.all(Array.from({ length: Math.min(concurrency, due.length) }, work))
    return due.length
  }

  private async move(enrollment: { id: string; workspaceId: string }): Promise<void> {
    this.deps.beat()
    try {
      await this.deps.moveTest(enrollment)
      this.failed.delete(enrollment.id)
    } catch {
      // Reported by whoever moves it.
      const failures = (this.failed.get(enrollment.id)?.failures ?? 0) + 1
      const waitMs = Math.min(longestBackoffMs, 500 * 2 ** failures)
      this.failed.set(enrollment.id, { failures, notBefore: performance.now() + waitMs })
    }
  }
}
