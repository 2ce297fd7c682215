import { isLostDatabase } from '@tropa/db/lost'
import { isLostRace } from '@tropa/db/statement'

/** Whether an error tells of the database and not of what was asked: it is away, or a race was lost. */
export function isOutage(error: unknown): boolean {
  return isLostRace(error) || isLostDatabase(error)
}
