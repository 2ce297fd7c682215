import { noteSaidByJourney, noteTestChange } from '@tropa/db/attributes-before'
import type { OpenRequest } from '@tropa/db/enrollments'
import { type MessageStatus, messageOfVisit } from '@tropa/db/messages'
import { changeAttributes } from '@tropa/db/port'
import type { Transaction } from '@tropa/db/statement'
import { eventsBetween } from '@tropa/db/waits'
import {
  type CustomerChanges,
  formatInstant,
  type Input,
  isOfSameKey,
  matchAlternative,
  type Pending,
  type Plan,
  type Port,
  virtualAt,
} from '@tropa/journey'
import { whetherDue } from './due.ts'
import { eventFacts } from './event-facts.ts'
import { findExit } from './exit-rules.ts'
import type { ExitFound, Found } from './found.ts'
import type { LegDraft } from './leg-draft.ts'
import { applyRelease } from './release.ts'

/** What a leg needs to look around. */
export interface LegContext {
  tx: Transaction
  plan: Plan
  port: Port
  draft: LegDraft
  /**
   * In the router: the instant of the event in hand. Later events are looked at when they are routed themselves, so
   * nothing that lies after it may be decided here.
   */
  upTo?: number | undefined
  /** The message that was settled in this transaction. */
  settled?: SettledMessage | undefined
}

/** What has just become of the message of a visit. */
export interface SettledMessage {
  id: string
  node: string
  visit: number
  status: MessageStatus
  reason: string | null
}

/** Looks whether what the token waits for has come: a member's request, an exit rule, then the pending command itself. */
export async function findInput(context: LegContext): Promise<Found> {
  const { draft } = context
  const { pending, entry } = draft.state
  if (!pending) {
    const now = draft.enrollment.clock ? entry.occurredAt : draft.enrollment.now
    return {
      kind: 'input',
      input: { type: 'entered', node: draft.enrollment.entryNode },
      now,
      since: entry.occurredAt,
    }
  }
  const asked = await findRequest(context, pending)
  if (asked) return asked
  const exit = await findExit(context, pending)
  if (pending.command.do === 'listen') return findEvent(context, pending, pending.command, exit)
  if (exit) return exit
  switch (pending.command.do) {
    case 'wait':
      return atInstant(context, pending, pending.command.until)
    case 'send':
      return findDelivery(context, pending)
    case 'update':
      return applyUpdate(context, pending, pending.command.changes)
    case 'call':
      return result(draft, pending, { outcome: 'failed', reason: 'connector_disabled' })
  }
}

/** The present of an enrollment whose token does not wait for an instant: real time, or the virtual instant it stands at. */
function presentOf(draft: LegDraft, pending: Pending): number {
  const { clock, now } = draft.enrollment
  return clock ? pending.enteredAt : Math.max(now, pending.enteredAt)
}

function atInstant({ draft, upTo }: LegContext, pending: Pending, until: number): Found {
  const { now, clock } = draft.enrollment
  const answer = whetherDue(until, now, clock)
  if (!answer.due) return { kind: 'sleep', forMs: answer.askAgainInMs }
  if (upTo !== undefined && until > upTo) return { kind: 'sleep', forMs: 1 }
  const at = clock ? answer.at : Math.max(answer.at, pending.enteredAt)
  return { kind: 'input', input: { type: 'timer' }, now: at, since: until }
}

function result(
  draft: LegDraft,
  pending: Pending,
  given: Omit<Extract<Input, { type: 'result' }>, 'type'>,
): Found {
  const input: Input = { type: 'result', ...given }
  return { kind: 'input', input, now: presentOf(draft, pending), since: pending.since }
}

/** The first event that an alternative wants wins, unless an exit rule's event came no later. */
async function findEvent(
  context: LegContext,
  pending: Pending,
  command: Extract<Pending['command'], { do: 'listen' }>,
  exit: ExitFound | null,
): Promise<Found> {
  const { draft } = context
  const { clock, now } = draft.enrollment
  const input = await firstMatch(context, pending, command)
  if (exit && (!input || exit.since <= input.event.occurredAt)) return exit
  if (!input) return atInstant(context, pending, command.until)
  draft.matchEar(pending, input)
  const at = Math.max(clock ? input.event.occurredAt : now, pending.enteredAt)
  return { kind: 'input', input, now: at, since: input.event.occurredAt }
}

async function firstMatch(
  { draft, plan, tx, port, upTo = Number.POSITIVE_INFINITY }: LegContext,
  pending: Pending,
  command: Extract<Pending['command'], { do: 'listen' }>,
) {
  const { personId, clock } = draft.enrollment
  const names = [...new Set(command.alternatives.map(({ event }) => event))]
  const last = Math.min(command.until, upTo)
  if (last <= pending.since) return null
  const [since, until] = [formatInstant(pending.since), formatInstant(last)]
  for (const stored of await eventsBetween(tx, personId, names, since, until, clock?.id ?? null)) {
    const event = eventFacts(stored)
    if (event.id === draft.state.entry.id || !isOfSameKey(plan, draft.state, event)) continue
    const input = await matchAlternative(command, event, draft.state, port)
    if (input) return input
  }
  return null
}

async function findDelivery({ draft, tx, settled }: LegContext, pending: Pending): Promise<Found> {
  const planned = draft.plannedMessage(pending.seq)
  if (planned) return { kind: 'send', messageId: planned }
  const known = settled?.node === pending.node && settled.visit === pending.visit ? settled : undefined
  const message = known ?? (await messageOfVisit(tx, draft.enrollment.id, pending.node, pending.visit))[0]
  if (!message)
    throw new Error(`Visit ${pending.seq} of enrollment ${draft.enrollment.id} planned no message`)
  const answer = { message_id: message.id }
  switch (message.status) {
    case 'accepted':
      return result(draft, pending, { outcome: 'sent', answer })
    case 'not_sent':
      return result(draft, pending, { outcome: 'not_sent', answer, ...reasonOf(message.reason) })
    case 'rejected':
    case 'unknown':
      return result(draft, pending, { outcome: 'failed', answer, ...reasonOf(message.reason) })
    case 'held':
      return { kind: 'sleep', forMs: heldSleepMs }
    default:
      return { kind: 'send', messageId: message.id }
  }
}

/** A held message waits for a member, whose decision wakes the enrollment; looking again is only a net. */
const heldSleepMs = 24 * 3_600_000

function reasonOf(reason: string | null): { reason?: string } {
  return reason === null ? {} : { reason }
}

async function applyUpdate(
  { draft, tx }: LegContext,
  pending: Pending,
  changes: CustomerChanges,
): Promise<Found> {
  const entries = Object.entries(changes.attributes)
  const set = Object.fromEntries(entries.filter(([, value]) => value !== null))
  const cleared = entries.filter(([, value]) => value === null).map(([name]) => name)
  const { clock, personId } = draft.enrollment
  if (clock) await noteTestChange(tx, clock.id, personId, JSON.stringify(set), cleared)
  await changeAttributes(tx, personId, JSON.stringify(set), cleared)
  if (!clock) await noteSaidByJourney(tx, personId, JSON.stringify(set), cleared)
  return {
    kind: 'input',
    input: { type: 'result', outcome: 'done' },
    now: draft.movedAt,
    since: pending.since,
  }
}

async function findRequest(context: LegContext, pending: Pending): Promise<Found | null> {
  const { draft } = context
  const now = askedAt(draft, pending)
  for (const request of draft.enrollment.requests.filter(({ id }) => !draft.requests.includes(id))) {
    draft.requests.push(request.id)
    const input = inputOf(request, pending)
    if (input) return { kind: 'input', input, now, since: now }
    if (request.kind === 'release') await applyRelease(context.tx, request)
  }
  return null
}

/** When a member's request takes effect: now, or on a compressed clock the virtual instant the run has come to. */
function askedAt(draft: LegDraft, pending: Pending): number {
  const { clock } = draft.enrollment
  if (!clock) return presentOf(draft, pending)
  const shown = clock.endedAt === null ? clock.fedUntil : virtualAt(clock, clock.endedAt)
  return Math.max(shown, pending.enteredAt)
}

function inputOf({ kind, seq, memberId }: OpenRequest, pending: Pending): Input | null {
  if (kind === 'remove') return { type: 'leave', reason: 'removed_by_member', memberId }
  if (kind === 'merge') return { type: 'leave', reason: 'customer_merged' }
  const skippable = pending.command.do === 'wait' || pending.command.do === 'listen'
  return kind === 'skip' && seq === pending.seq && skippable ? { type: 'skip', memberId } : null
}
