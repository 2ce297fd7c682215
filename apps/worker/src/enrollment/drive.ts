import type { GroupCommit } from '@tropa/db/group-commit'
import type { Moved, MoveOn } from '../send/deliver.ts'
import type { SendDesk } from '../send/desk.ts'
import { type Around, type LegDeps, runLegAlone } from './leg.ts'
import type { Next } from './next.ts'

export interface DriveDeps extends LegDeps {
  commits: GroupCommit
  desk: SendDesk
  /** How long a delivery may take inside `drive`; 0 leaves every delivery to the send activity. */
  inlineMs: number
}

/** How long one call of `drive` may go on delivering messages one after another. */
const longestDriveMs = 3_000

/**
 * Moves an enrollment until it must sleep, ends, or has a message that cannot be delivered at once.
 * Each leg is written whole or not at all; deliveries between legs are guarded by the ledger, so any call may be repeated.
 * With `messageId`, the message its last leg has planned, it begins with the delivery.
 */
export async function drive(deps: DriveDeps, enrollmentId: string, messageId?: string): Promise<Next> {
  const { commits, desk, inlineMs } = deps
  const started = performance.now()
  const leg = (around: Around = {}) => runLegAlone(deps, commits, enrollmentId, around)
  let awaited = inlineMs > 0
  const begins = () => ({ begin: awaited ? desk.begin : undefined })
  const moveOn: MoveOn = async (before) => {
    const moved = await leg({ before, ...begins() })
    if (!awaited) desk.finish(moved)
    return moved
  }
  // What keeps a delivery from beginning must not keep the leg from being written.
  const move = (): Promise<Moved> => leg(begins()).catch(() => leg())
  let moved: Moved = messageId === undefined ? await move() : { next: { do: 'send', messageId } }
  for (;;) {
    const { next, delivery: begun } = moved
    if (next.do !== 'send' || inlineMs === 0) return next
    if (!begun && performance.now() - started > longestDriveMs) return next
    const delivery = await desk.deliverWithin(next.messageId, inlineMs, moveOn, begun)
    if (!delivery?.done) {
      awaited = false
      return next
    }
    moved = delivery.moved ?? (await move())
  }
}
