import type { Database } from '@tropa/db'
import { type EventItem, type StoredItem, storeEvents } from '@tropa/db/events'
import { isLostDatabase } from '@tropa/db/lost'
import { wakeRouter } from '@tropa/db/wake-router'
import { Failure } from '../errors.ts'
import { type Logger, safeError } from '../log.ts'

interface Submission {
  items: EventItem[]
  done: (items: StoredItem[]) => void
  failed: (error: unknown) => void
}

interface Lane {
  workspaceId: string
  history: boolean
  waiting: Submission[]
}

export interface QueueOptions {
  /** Transactions under way at once. Fewer make larger groups: four cost Postgres more than twice the work of two. */
  concurrency?: number
  /** Items per transaction. */
  groupItems?: number
  /** Items that may wait; beyond that senders are told to come back. */
  maxWaiting?: number
}

export type Store = (workspaceId: string, items: EventItem[], history: boolean) => Promise<StoredItem[]>

/**
 * Group commit: what arrives while transactions are under way is stored together by the next one. A request is
 * answered after its commit only; when too much waits, it is refused at once and nothing of it is kept.
 */
export function createQueue(
  db: Database,
  log: Logger,
  { concurrency = 2, groupItems = 500, maxWaiting = 5_000 }: QueueOptions = {},
): Store {
  const lanes = new Map<string, Lane>()
  let running = 0
  let waiting = 0

  function takeGroup(): { lane: Lane; group: Submission[] } | null {
    const [key, lane] = lanes.entries().next().value ?? []
    if (!key || !lane) return null
    const group: Submission[] = []
    let items = 0
    while (lane.waiting[0] && (items === 0 || items + lane.waiting[0].items.length <= groupItems)) {
      const next = lane.waiting.shift() as Submission
      items += next.items.length
      group.push(next)
    }
    waiting -= items
    lanes.delete(key)
    if (lane.waiting.length > 0) lanes.set(key, lane)
    return { lane, group }
  }

  async function storeGroup({ workspaceId, history }: Lane, group: Submission[]): Promise<void> {
    try {
      const items = group.flatMap((submission) => submission.items)
      const stored = await storeEvents(db, workspaceId, items, { source: 'api', history })
      let at = 0
      for (const { items: own, done } of group) {
        done(stored.items.slice(at, at + own.length))
        at += own.length
      }
      const fresh = stored.items.flatMap(({ status, customerId }) =>
        status === 'stored' && customerId ? [customerId] : [],
      )
      const complain = (error: unknown) => log.warn({ error: safeError(error) }, 'router_not_woken')
      if (!history && fresh.length > 0) wakeRouter(db, complain, fresh)
    } catch (error) {
      if (group.length === 1 || isLostDatabase(error)) {
        for (const { failed } of group) failed(error)
        return
      }
      for (const one of group) await storeGroup({ workspaceId, history, waiting: [] }, [one])
    }
  }

  function pump(): void {
    while (running < concurrency) {
      const next = takeGroup()
      if (!next) return
      running++
      storeGroup(next.lane, next.group).finally(() => {
        running--
        pump()
      })
    }
  }

  return (workspaceId, items, history) => {
    if (items.length === 0) return Promise.resolve([])
    if (waiting > 0 && waiting + items.length > maxWaiting)
      return Promise.reject(new Failure('too_many_requests', { retryAfterSeconds: 1 }))
    return new Promise((done, failed) => {
      const key = `${history}${workspaceId}`
      const lane = lanes.get(key) ?? { workspaceId, history, waiting: [] }
      lane.waiting.push({ items, done, failed })
      lanes.set(key, lane)
      waiting += items.length
      setImmediate(pump)
    })
  }
}
