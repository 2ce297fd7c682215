import type { Database } from '@tropa/db'
import { outboxAgeSeconds } from '@tropa/db/feed'
import { Failure } from '../errors.ts'

/** Lets a key send so many items a second, with as much again as a reserve; throws when it is used up. */
export function createBuckets(itemsPerSecond: number): (keyId: string, items: number) => void {
  const buckets = new Map<string, { left: number; at: number }>()
  return (keyId, items) => {
    const now = performance.now()
    const bucket = buckets.get(keyId) ?? { left: itemsPerSecond * 2, at: now }
    const left = Math.min(itemsPerSecond * 2, bucket.left + ((now - bucket.at) / 1_000) * itemsPerSecond)
    if (left < items) throw new Failure('too_many_requests', { retryAfterSeconds: 1 })
    if (buckets.size > 10_000) buckets.clear()
    buckets.set(keyId, { left: left - items, at: now })
  }
}

/** Refuses batches while the router is more than thirty seconds behind; looks at most once a second. */
export function createBacklogGuard(db: Database, maxAgeSeconds = 30): () => Promise<void> {
  let lookedAt = Number.NEGATIVE_INFINITY
  let age = 0
  return async () => {
    if (performance.now() - lookedAt > 1_000) {
      lookedAt = performance.now()
      age = await outboxAgeSeconds(db)
    }
    if (age > maxAgeSeconds) throw new Failure('too_many_requests', { retryAfterSeconds: 5 })
  }
}
