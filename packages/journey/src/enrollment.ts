import type { Command, Decision } from './command.ts'
import type { ConditionTrace } from './condition/evaluate.ts'
import type { EventFacts } from './node.ts'
import type { ReadRecord } from './port.ts'

/** Who passes through, as far as sticky splits need to know; none of it is personal. */
export interface Identity {
  journeyId: string
  customerId: string
  entryKey: string
}

/** A command that takes time or the outside world: the token stands at its node until an input ends it. */
export type BlockingCommand = Exclude<Command, { do: 'go' } | { do: 'exit' }>

/** The visit at which the token stands. Instants are epoch milliseconds. */
export interface Pending {
  node: string
  visit: number
  seq: number
  enteredAt: number
  /** Events after this instant can end a `listen`; the instant of what woke the token, which may be before `enteredAt`. */
  since: number
  reads: ReadRecord[]
  decision: Decision | null
  command: BlockingCommand
}

/** All that the core needs to go on: plain JSON, stored with the enrollment. */
export interface EnrollmentState {
  entry: EventFacts
  visits: Record<string, number>
  saved: Record<string, Record<string, unknown>>
  /** Number of the next step. */
  seq: number
  pending: Pending | null
}

/** Why an enrollment is made to leave wherever it stands. */
export type LeaveReason =
  | 'exit_rule'
  | 'goal_reached'
  | 'removed_by_member'
  | 'customer_merged'
  | 'customer_deleted'

/** What wakes an enrollment. */
export type Input =
  | { type: 'entered'; node: string }
  | { type: 'timer' }
  | { type: 'event'; event: EventFacts; alternative: number; match?: ConditionTrace | undefined }
  | {
      type: 'result'
      outcome: 'sent' | 'not_sent' | 'failed' | 'done'
      reason?: string | undefined
      answer?: Record<string, unknown> | undefined
    }
  | { type: 'skip'; memberId: string }
  | { type: 'leave'; reason: LeaveReason; eventId?: string | undefined; memberId?: string | undefined }

/** How an enrollment ended. */
export interface End {
  do: 'exit'
  status: 'completed' | 'exited' | 'failed' | 'removed'
  reason: 'end' | 'exit_node' | 'loop_without_wait' | 'core_error' | LeaveReason
  label: string | null
}

/** One finished visit of an enrollment to a node. Instants are epoch milliseconds. */
export interface Step {
  seq: number
  node: string
  kind: string
  visit: number
  enteredAt: number
  leftAt: number
  output: string | null
  status: 'done' | 'ended' | 'failed' | 'removed'
  reads: ReadRecord[]
  decision: Decision | null
  /** What ended the visit; `null` when the token went straight through. */
  input: Input | null
  reason: string | null
}

/** The state of somebody who has just met an entry and has taken no step. */
export function newEnrollment(entry: EventFacts): EnrollmentState {
  return { entry, visits: {}, saved: {}, seq: 1, pending: null }
}
