import type { Condition } from './condition/schema.ts'

/** Attributes to set (a value) or clear (`null`) on the customer. */
export interface CustomerChanges {
  attributes: Record<string, string | number | boolean | null>
}

/** One event that can end a `listen`. */
export interface Alternative<O extends string = string> {
  event: string
  filter?: Condition | undefined
  output: O
}

/** What a message node asks for; the gate and the ledger decide whether it goes out. */
export interface SendRequest {
  channel: 'email'
  /** Template id. */
  template: string
  /** Connection id, or `null` for the workspace's default connection of the channel. */
  connection: string | null
  messageClass: 'marketing' | 'transactional'
  topic: string
  /** What follows a lost answer: never twice, rather twice than never, or ask a member. */
  ifUnknown: 'skip' | 'resend' | 'hold'
}

/**
 * The one answer of a node: what should happen next. Instants are epoch milliseconds.
 * `go`, `listen` and the rest name only outputs the kind declares (`O`).
 */
export type Command<O extends string = string> =
  | { do: 'go'; output: O; decision?: Decision | undefined }
  | { do: 'wait'; until: number; output: O }
  | { do: 'listen'; alternatives: Alternative<O>[]; until: number; timeout: O }
  | { do: 'send'; request: SendRequest; outputs: { sent: O; not_sent: O; failed: O } }
  | { do: 'call'; action: string; input: Record<string, unknown>; outputs: { done: O; failed: O } }
  | { do: 'update'; changes: CustomerChanges; output: O }
  | { do: 'exit'; reason: 'end' | 'goal_reached' | 'exit_node'; label?: string | undefined }

/** Why a node chose its output: kept in the step record. */
export type Decision =
  | {
      by: 'condition'
      outputs: { output: string; trace: import('./condition/evaluate.ts').ConditionTrace }[]
      chosen: string
    }
  | { by: 'split'; bucket: number; shares: { output: string; share: number }[]; chosen: string }
  | { by: 'goal'; name: string }
