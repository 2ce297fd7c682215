import type { Database } from '@tropa/db'
import { readEnrollment } from '@tropa/db/enrollment-path'
import { lastingKeyOf } from '@tropa/db/entry-key'
import { type Decision, type Step, type Verdict, verify } from '@tropa/journey'
import { kinds } from '@tropa/nodes'
import { Failure } from '../errors.ts'

/** Re-executes a recorded path on its recorded reads and compares. Sends nothing, writes nothing. */
export async function verifyEnrollment(db: Database, workspaceId: string, id: string): Promise<Verdict> {
  const kept = await readEnrollment(db, workspaceId, id)
  if (!kept) throw new Failure('not_found')
  const { row, plan, state, salt, headHash, entryKey } = kept
  const { journeyId, customerId } = row
  return verify(
    {
      plan,
      identity: { journeyId, customerId, entryKey: lastingKeyOf(entryKey) },
      entry: state.entry,
      steps: kept.steps.map(recordedStep),
      hashes: kept.steps.map(({ hash }) => hash),
      salt,
      headHash,
      ...(state.pending ? { pendingReads: state.pending.reads } : {}),
    },
    kinds,
  )
}

function recordedStep(step: NonNullable<Awaited<ReturnType<typeof readEnrollment>>>['steps'][number]): Step {
  const { seq, node, kind, visit, output, status, reads, input, reason } = step
  const decision = step.decision as Decision | null
  const [enteredAt, leftAt] = [step.enteredAt.getTime(), step.leftAt.getTime()]
  return { seq, node, kind, visit, enteredAt, leftAt, output, status, reads, decision, input, reason }
}
