import { planOf, type StoredPlan } from '@tropa/db/plans'
import type { Runner } from '@tropa/db/statement'

const most = 500

/** Keeps plans by version: a version never changes, so neither does what is kept. */
export class PlanShelf {
  private readonly kept = new Map<string, StoredPlan>()

  /** The plan of a version; throws when there is no such version. */
  async take(runner: Runner, versionId: string): Promise<StoredPlan> {
    const known = this.kept.get(versionId)
    if (known) return known
    const [stored] = await planOf(runner, versionId)
    if (!stored) throw new Error(`There is no version ${versionId}`)
    if (this.kept.size >= most) this.kept.delete(this.kept.keys().next().value as string)
    this.kept.set(versionId, stored)
    return stored
  }
}
