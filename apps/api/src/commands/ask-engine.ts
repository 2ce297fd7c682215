import type { Queryable } from '@tropa/db'
import { findMessage, findPlace, insertRequest } from '@tropa/db/enrollment-path'
import type { Deps } from '../context.ts'
import { Failure } from '../errors.ts'
import { safeError } from '../log.ts'

type Needs = Pick<Deps, 'db' | 'engine' | 'log'>

/** Who asks for what, and why; the reason is kept in the record. */
export interface Ask {
  workspaceId: string
  memberId: string
  reason: string
  /** Writes the audit row of the call in the request's transaction. */
  record: (tx: Queryable) => Promise<void>
}

/** Asks the engine to end the wait in which an enrollment stands now; with a `step`, only if it is that one. */
export async function skipWait(needs: Needs, ask: Ask, enrollmentId: string, step?: number): Promise<void> {
  const { seq, skippable } = await placeOf(needs, ask, enrollmentId)
  if (step !== undefined && step !== seq) throw new Failure('wait_over')
  if (!skippable) throw new Failure('not_waiting')
  await leaveWord(needs, ask, { enrollmentId, seq, kind: 'skip' })
}

/** Asks the engine to take a customer out of a journey. */
export async function removeEnrollment(needs: Needs, ask: Ask, enrollmentId: string): Promise<void> {
  const { seq } = await placeOf(needs, ask, enrollmentId)
  await leaveWord(needs, ask, { enrollmentId, seq, kind: 'remove' })
}

/** Tells the engine what becomes of a held message. */
export async function releaseMessage(
  needs: Needs,
  ask: Ask,
  messageId: string,
  decision: 'resend' | 'give_up',
): Promise<void> {
  const message = await findMessage(needs.db, ask.workspaceId, messageId)
  if (!message) throw new Failure('not_found')
  if (message.status !== 'held') throw new Failure('message_not_held')
  const { enrollmentId, seq } = message
  await leaveWord(needs, ask, { enrollmentId, seq, kind: 'release', messageId, decision })
}

async function placeOf({ db }: Needs, { workspaceId }: Ask, enrollmentId: string) {
  const place = await findPlace(db, workspaceId, enrollmentId)
  if (!place) throw new Failure('not_found')
  if (place.status !== 'active') throw new Failure('enrollment_ended')
  const { pending, seq } = place.state
  const skippable = pending?.command.do === 'wait' || pending?.command.do === 'listen'
  return { seq: pending?.seq ?? seq, skippable }
}

/** The request is committed before the wake-up: when Temporal is away, the engine finds it at its next look. */
async function leaveWord(
  { db, engine, log }: Needs,
  { workspaceId, memberId, reason, record }: Ask,
  request: {
    enrollmentId: string
    seq: number
    kind: 'skip' | 'remove' | 'release'
    messageId?: string
    decision?: 'resend' | 'give_up'
  },
): Promise<void> {
  await db.transaction(async (tx) => {
    await insertRequest(tx, { workspaceId, memberId, reason, ...request })
    await record(tx)
  })
  const { enrollmentId } = request
  await engine
    .wake(workspaceId, enrollmentId)
    .catch((error: unknown) => log.warn({ enrollmentId, error: safeError(error) }, 'wake_failed'))
}
