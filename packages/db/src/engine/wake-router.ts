import { sql } from 'drizzle-orm'
import { partitionOf } from '../customers/partition.ts'
import type { Queryable } from '../open.ts'

const waking = new WeakMap<object, { again: Set<string> | null }>()

/**
 * Tells the router that committed events of some customers wait, without making commits queue behind each other as a
 * NOTIFY inside them would. A lost call is harmless: the router also looks by itself; `onError` is for the log. Without
 * `customerIds` it looks at everybody's.
 */
export function wakeRouter(
  db: Queryable,
  onError: (error: unknown) => void = () => {},
  customerIds: Iterable<string> = [],
): void {
  const parts = new Set([...customerIds].map((id) => String(partitionOf(id))))
  if (parts.size === 0) parts.add('')
  notify(db, onError, parts)
}

function notify(db: Queryable, onError: (error: unknown) => void, parts: Set<string>): void {
  const running = waking.get(db)
  if (running) {
    running.again = new Set([...(running.again ?? []), ...parts])
    return
  }
  const state: { again: Set<string> | null } = { again: null }
  waking.set(db, state)
  const finish = (): void => {
    waking.delete(db)
    if (state.again) notify(db, onError, state.again)
  }
  const told = parts.has('') ? '' : [...parts].join(',')
  db.execute(sql`select pg_notify('tropa_outbox', ${told})`).then(finish, (error: unknown) => {
    onError(error)
    finish()
  })
}
