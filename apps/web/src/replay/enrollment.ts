import type { Decision, Graph, Input, ReadRecord, Text } from '@tropa/journey'
import type { Answer, Routes, Row } from '../api.ts'
import type { Status } from '../ui/status-chip.tsx'

export type EnrollmentStatus = 'active' | 'completed' | 'exited' | 'failed' | 'removed'

/** One customer's passage through one version, as lists show it. */
export type EnrollmentRow = Row<Routes['enrollments']['$get']>

/** One rung of the gate before a send: what was checked and what was found. */
export interface GateRung {
  rung: string | number
  code?: string | null
  ok: boolean | null
  detail: Text
}

export interface Attempt {
  number: number
  startedAt: string
  finishedAt: string | null
  outcome: 'accepted' | 'rejected' | 'not_sent' | 'throttled' | 'ambiguous' | null
  reason?: string | null
  code: string | null
  detail: string | null
}

export type MessageStatus =
  | 'planned'
  | 'attempting'
  | 'accepted'
  | 'rejected'
  | 'not_sent'
  | 'unknown'
  | 'held'

/** A message as it was sent, with what stood before it. */
export interface MessageView {
  id: string
  status: MessageStatus
  reason: string | null
  reasonText: Text | null
  gate: GateRung[]
  address: string | null
  subject: string | null
  html: string | null
  text: string | null
  attempts: Attempt[]
  connection: string | null
  /** When it is tried again, in real time. */
  retryAt: string | null
}

/** One finished visit to a node, explained. */
export interface StepView {
  seq: number
  node: string
  nodeName: Text
  kind: string
  visit: number
  enteredAt: string
  leftAt: string
  output: string | null
  outputLabel: Text | null
  status: 'done' | 'ended' | 'failed' | 'removed'
  reason: string | null
  reasonText: Text | null
  why: Text[]
  reads: ReadRecord[]
  decision: Decision | null
  input: Input | null
  message: MessageView | null
}

/** The visit at which the token stands now. */
export interface PendingView {
  node: string
  enteredAt: string
  waitingFor: EnrollmentRow['waitingFor']
  /** When its wait ends, on the clock it lives by. */
  dueAt: string | null
  /** The real instant of that. */
  realDueAt: string | null
  wakes: Text[]
  reads: ReadRecord[]
  message: MessageView | null
}

/** The fast clock of a test run: the instant it shows and whether it goes. */
export interface FastClock {
  importId: string
  scale: number
  virtualNow: string
  /** `behind`: it stands still until the engine has caught up; `paused`: a member paused the run. */
  state: 'running' | 'behind' | 'paused' | 'ended'
}

/** A whole passage with the graph it went through. */
export type Enrollment = Omit<Answer<Routes['enrollments'][':id']['$get']>, 'graph' | 'steps' | 'pending'> & {
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
