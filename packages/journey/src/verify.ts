import { advance } from './advance.ts'
import { canonicalJson } from './canonical.ts'
import { type EnrollmentState, type Identity, type Input, newEnrollment, type Step } from './enrollment.ts'
import type { AnyKind, EventFacts } from './node.ts'
import type { Plan } from './plan.ts'
import { type ReadRecord, recordedPort, UnrecordedRead } from './port.ts'
import { chainHashes, genesisHash } from './record.ts'

export type Verdict =
  | { verdict: 'identical'; steps: number }
  /** `expected` is `null` when the plan goes on where the record stands still; `got` when it stands still or breaks. */
  | { verdict: 'diverged'; at: number; expected: Step | null; got: Step | null }
  | { verdict: 'cannot_be_proved'; at: number; why: string }
  | { verdict: 'record_altered'; at: number }

export interface RecordedPath {
  plan: Plan
  identity: Identity
  entry: EventFacts
  /** Finished steps in order, with the hashes stored beside them. */
  steps: Step[]
  hashes: string[]
  salt: string
  /** The hash the enrollment itself keeps of its last step: shows when steps were cut off together with their hashes. */
  headHash?: string
  /** Reads of the visit at which the token still stands, if it does. */
  pendingReads?: ReadRecord[]
}

/**
 * Re-executes a recorded path on its recorded reads and compares it step by step and hash by hash.
 * Proves that the record is whole and that the same plan takes the same way; sends nothing and reads nothing else.
 */
export async function verify(path: RecordedPath, kinds: readonly AnyKind[]): Promise<Verdict> {
  const altered = chainHashes(path.steps, path.salt).findIndex((hash, index) => hash !== path.hashes[index])
  if (altered >= 0) return { verdict: 'record_altered', at: altered + 1 }
  const last = path.hashes.at(-1) ?? genesisHash
  if (path.hashes.length > path.steps.length || (path.headHash ?? last) !== last)
    return { verdict: 'record_altered', at: path.steps.length + 1 }
  let state: EnrollmentState = newEnrollment(path.entry)
  let done = 0
  while (done < path.steps.length) {
    const first = path.steps[done] as Step
    if (first.input === null) return { verdict: 'cannot_be_proved', at: first.seq, why: 'no recorded input' }
    const leg = legFrom(path.steps, done)
    try {
      const result = await advance({
        ...activationOf(path, leg, path.steps[done + leg.length], first.input),
        kinds,
        state,
      })
      for (const [index, expected] of leg.entries()) {
        const got = result.steps[index] ?? null
        if (canonicalJson(got) !== canonicalJson(expected))
          return { verdict: 'diverged', at: expected.seq, expected, got }
      }
      const extra = result.steps[leg.length]
      if (extra) return { verdict: 'diverged', at: extra.seq, expected: null, got: extra }
      state = result.state
    } catch (error) {
      if (error instanceof UnrecordedRead)
        return { verdict: 'cannot_be_proved', at: first.seq, why: error.message }
      return { verdict: 'diverged', at: first.seq, expected: first, got: null }
    }
    done += leg.length
  }
  return { verdict: 'identical', steps: path.steps.length }
}

/** The steps of one activation: the one its input ended, and those the token then went straight through. */
function legFrom(steps: readonly Step[], start: number): Step[] {
  const leg = [steps[start] as Step]
  for (const step of steps.slice(start + 1)) {
    if (step.input !== null) break
    leg.push(step)
  }
  return leg
}

/** The leg's own reads, and those made when it stopped at its last node, whose step is the next leg's first. */
function activationOf(path: RecordedPath, leg: Step[], following: Step | undefined, input: Input) {
  const passed = leg.flatMap((step, index) => (index === 0 && input.type !== 'entered' ? [] : step.reads))
  const reads = [...passed, ...(following?.reads ?? path.pendingReads ?? [])]
  const now = leg[0]?.leftAt ?? 0
  return { plan: path.plan, identity: path.identity, input, now, port: recordedPort(reads) }
}
