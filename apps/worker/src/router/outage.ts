import { isLostDatabase } from '@tropa/db/lost'

/** A transaction that could not be put in order with others, or was chosen to end a deadlock. */
const lostRaces = new Set(['40001', '40P01'])

/** Whether an error tells of the database and not of what was asked: it is away, or a race was lost. */
export function isOutage(error: unknown): boolean {
  const { code } = (error instanceof Error ? error : {}) as { code?: unknown }
  return lostRaces.has(String(code)) || isLostDatabase(error)
}
