import type { Decision, Graph, Input, ReadRecord } from '@tropa/journey'
import type { Answer, Routes, Row } from '../api.ts'
import type { Status } from '../ui/status-chip.tsx'

/** One customer's passage through one version, as lists show it. */
export type EnrollmentRow = Row<Routes['enrollments']['$get']>

export type EnrollmentStatus = EnrollmentRow['status']

type Answered = Answer<Routes['enrollments'][':id']['$get']>

/** Values of a step as the core has them; what comes over the wire is the same, described less closely. */
interface Recorded {
  reads: ReadRecord[]
  decision: Decision | null
  input: Input | null
}

/** One finished visit to a node, explained. */
export type StepView = Omit<Answered['steps'][number], keyof Recorded> & Recorded

/** The visit at which the token stands now. */
export type PendingView = Omit<NonNullable<Answered['pending']>, 'reads'> & Pick<Recorded, 'reads'>

/** A message as it was sent, with what stood before it. */
export type MessageView = NonNullable<StepView['message']>

export type MessageStatus = MessageView['status']

/** One rung of the gate before a send: what was checked and what was found. */
export type GateRung = MessageView['gate'][number]

export type Attempt = MessageView['attempts'][number]

/**
 * The fast clock of a test run: the instant it shows and whether it goes. `behind`: it stands still until the engine
 * has caught up; `paused`: a member paused the run.
 */
export type FastClock = NonNullable<Answered['clock']>

/** A whole passage with the graph it went through. */
export type Enrollment = Omit<Answered, 'graph' | 'steps' | 'pending'> & {
  graph: Graph
  steps: StepView[]
  pending: PendingView | null
}

/** The chip of an enrollment's status. */
export const statusLook: Record<EnrollmentStatus, Status> = {
  active: 'wait',
  completed: 'ok',
  exited: 'info',
  failed: 'err',
  removed: 'off',
}

/** The chip of a message's status. */
export const messageLook: Record<MessageStatus, Status> = {
  planned: 'wait',
  attempting: 'wait',
  accepted: 'ok',
  rejected: 'err',
  not_sent: 'off',
  unknown: 'warn',
  held: 'warn',
}

/** The number that stands for the place where the token waits: one after the last finished step. */
export function pendingSeq(steps: readonly { seq: number }[]): number {
  return (steps.at(-1)?.seq ?? 0) + 1
}

/** The step the page opens at: the asked one if it exists, else where the token stands, else the last. */
export function chosenSeq(
  steps: readonly { seq: number }[],
  waits: boolean,
  asked: number | undefined,
): number {
  const last = waits ? pendingSeq(steps) : (steps.at(-1)?.seq ?? 0)
  if (asked === undefined) return last
  if (waits && asked === last) return asked
  return steps.some(({ seq }) => seq === asked) ? asked : last
}

/** The step before or after, staying at the ends. */
export function neighbourSeq(
  steps: readonly { seq: number }[],
  waits: boolean,
  from: number,
  by: 1 | -1,
): number {
  const all = [...steps.map(({ seq }) => seq), ...(waits ? [pendingSeq(steps)] : [])]
  const at = all.indexOf(from)
  return all[Math.min(all.length - 1, Math.max(0, at + by))] ?? from
}
