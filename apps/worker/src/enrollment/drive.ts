import type pg from 'pg'
import type { MoveOn } from '../send/deliver.ts'
import type { SendDesk } from '../send/desk.ts'
import { type LegDeps, runLegAlone } from './leg.ts'
import type { Next } from './next.ts'

export interface DriveDeps extends LegDeps {
  pool: pg.Pool
  desk: SendDesk
  /** How long a delivery may take inside `drive`; 0 leaves every delivery to the send activity. */
  inlineMs: number
}

/** How long one call of `drive` may go on delivering messages one after another. */
const longestDriveMs = 3_000

/**
 * Moves an enrollment until it must sleep, ends, or has a message that cannot be delivered at once.
 * Each leg is one transaction; deliveries between legs are guarded by the ledger, so any call may be repeated.
 * With `messageId`, the message its last leg has planned, it begins with the delivery.
 */
export async function drive(deps: DriveDeps, enrollmentId: string, messageId?: string): Promise<Next> {
  const started = performance.now()
  const moveOn: MoveOn = async (settle) => (await runLegAlone(deps, deps.pool, enrollmentId, settle)).next
  let next: Next | null = messageId === undefined ? null : { do: 'send', messageId }
  for (;;) {
    next ??= (await runLegAlone(deps, deps.pool, enrollmentId)).next
    if (next.do !== 'send' || deps.inlineMs === 0) return next
    if (performance.now() - started > longestDriveMs) return next
    const delivery = await deps.desk.deliverWithin(next.messageId, deps.inlineMs, moveOn)
    if (!delivery?.done) return next
    next = delivery.next ?? null
  }
}
