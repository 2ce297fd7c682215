import type { Database } from '@tropa/db'
import { type EventItem, storedMessageIds } from '@tropa/db/events'
import type { Read } from './item.ts'

/** The events of a request; a retry of one that was stored just before goes under that one's message id. */
export async function nameRetries(
  db: Database,
  workspaceId: string,
  reads: readonly Read[],
): Promise<EventItem[]> {
  const former = reads.flatMap(({ formerId }) => formerId ?? [])
  if (former.length === 0) return reads.map(({ event }) => event)
  const stored = await storedMessageIds(db, workspaceId, former)
  return reads.map(({ event, formerId }) =>
    formerId && stored.has(formerId) ? { ...event, messageId: formerId } : event,
  )
}
