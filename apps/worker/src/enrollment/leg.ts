import { lockEnrollment, reschedule, type StoredEnrollment, settleRequests } from '@tropa/db/enrollments'
import { lastingKeyOf } from '@tropa/db/entry-key'
import type { GroupCommit } from '@tropa/db/group-commit'
import type { Last, Transaction } from '@tropa/db/statement'
import { type Beginning, saveLeg, saveNewEnrollment } from '@tropa/db/steps'
import { type AnyKind, advance, formatInstant } from '@tropa/journey'
import type { BeginDelivery, Opened } from '../send/deliver.ts'
import { lives, netMs, realDue } from './due.ts'
import { LegDraft } from './leg-draft.ts'
import { livePort } from './live-port.ts'
import type { Next } from './next.ts'
import { findInput, type LegContext, type SettledMessage } from './next-input.ts'
import type { PlanShelf } from './plan-shelf.ts'

/** What the engine needs to run legs. */
export interface LegDeps {
  plans: PlanShelf
  kinds: readonly AnyKind[]
  /** Whether compressed runs move their test enrollments themselves: then an enrollment's own timer is only a net. */
  clocksDriven?: boolean
}

/** What became of an enrollment in one transaction. */
export interface LegOutcome {
  next: Next
  /** As the leg found it; missing when there was nothing to do. */
  enrollment?: StoredEnrollment
  moved: boolean
  /** The delivery that was begun of a message this leg has planned. */
  delivery?: Opened | undefined
}

type Known = Pick<LegContext, 'upTo' | 'settled'>

/** What ends a leg: the statement that goes out together with the commit, and the delivery of what the leg has planned. */
interface Ending {
  last: Last
  begin?: BeginDelivery | undefined
}

/** More activations than any sensible path needs within one transaction. */
const mostActivations = 200

/**
 * Moves an enrollment as far as it can go at this moment, inside the caller's transaction: takes what ended the
 * pending visit, lets the core decide, and writes steps, waits, counts and state at once. Running it again changes nothing.
 * The router gives the instant of the event in hand as `upTo`.
 */
export async function runLeg(
  deps: LegDeps,
  tx: Transaction,
  enrollmentId: string,
  upTo?: number,
): Promise<LegOutcome> {
  const [enrollment] = await lockEnrollment(tx, enrollmentId)
  let write: (() => Promise<unknown>) | undefined
  const last: Last = (given) => {
    write = given
  }
  const outcome = await moveLocked(deps, tx, enrollment, { upTo }, { last })
  await write?.()
  return outcome
}

/** What a leg in a transaction of its own brings with it. */
export interface Around {
  /** Writes what the leg is to find: the outcome of the message that the enrollment stands at, which it answers. */
  before?: (tx: Transaction) => Promise<SettledMessage | undefined>
  /** Begins the delivery of a message that the leg plans, so that no transaction of its own is needed for that. */
  begin?: BeginDelivery | undefined
}

/** Like `runLeg`, in a transaction of its own, or in one with legs of other customers. */
export function runLegAlone(
  deps: LegDeps,
  commits: GroupCommit,
  enrollmentId: string,
  { before, begin }: Around = {},
): Promise<LegOutcome> {
  return commits.run(
    { kind: 'enrollment', id: enrollmentId },
    {
      open: (tx) => Promise.all([lockEnrollment(tx, enrollmentId), before?.(tx)]),
      work: (tx, [[enrollment], settled], last) =>
        moveLocked(deps, tx, enrollment, { settled }, { last, begin }),
    },
  )
}

async function moveLocked(
  deps: LegDeps,
  tx: Transaction,
  enrollment: StoredEnrollment | undefined,
  known: Known,
  { last, begin }: Ending,
): Promise<LegOutcome> {
  if (enrollment?.status !== 'active') return { next: { do: 'end' }, moved: false }
  const draft = new LegDraft(enrollment)
  const next = await walk(deps, tx, draft, known)
  const { moved } = draft
  if (!moved) await settleUnmoved(tx, draft)
  else if (begin && next.do === 'send') {
    const delivery = await begin(tx, next.messageId, () => saveLeg(tx, draft.finish()), last)
    return { next, enrollment, moved, delivery }
  } else last(() => saveLeg(tx, draft.finish()))
  return { next, enrollment, moved }
}

/** Writes a new enrollment; with `firstLeg` its first leg runs in the same transaction. Performs no effect. */
export async function beginEnrollment(
  deps: LegDeps,
  tx: Transaction,
  enrollment: StoredEnrollment,
  beginning: Beginning,
  firstLeg: boolean,
): Promise<LegOutcome> {
  const draft = new LegDraft(enrollment)
  const upTo = draft.state.entry.occurredAt
  const next: Next = firstLeg ? await walk(deps, tx, draft, { upTo }) : { do: 'sleep', forMs: 0 }
  await saveNewEnrollment(tx, draft.finish(), beginning)
  return { next, enrollment, moved: true }
}

async function walk(deps: LegDeps, tx: Transaction, draft: LegDraft, known: Known): Promise<Next> {
  const { enrollment } = draft
  const { plan } = await deps.plans.take(tx, enrollment.versionId)
  const { journeyId, customerId, personId, entryKey, clock } = enrollment
  const { kinds, clocksDriven } = deps
  const identity = { journeyId, customerId, entryKey: lastingKeyOf(entryKey) }
  const port = livePort(tx, personId, clock?.id ?? null)
  for (let left = mostActivations; left > 0; left -= 1) {
    const found = await findInput({ tx, plan, port, draft, ...known })
    if (found.kind === 'sleep')
      return { do: 'sleep', forMs: clocksDriven && lives(clock) ? netMs(found.forMs) : found.forMs }
    if (found.kind === 'send') return { do: 'send', messageId: found.messageId }
    const { input, now, since } = found
    const advanced = await advance({
      plan,
      kinds,
      identity,
      state: draft.state,
      input,
      now,
      since,
      port,
    })
    draft.absorb(advanced, input, now)
    if (draft.end) return { do: 'end' }
  }
  return { do: 'sleep', forMs: 1 }
}

async function settleUnmoved(tx: Transaction, draft: LegDraft): Promise<void> {
  const { requests, enrollment, state } = draft
  if (requests.length > 0) await settleRequests(tx, requests)
  const command = state.pending?.command
  if (command?.do !== 'wait' && command?.do !== 'listen') return
  const dueAt = realDue(command.until, enrollment.clock)
  if (dueAt !== enrollment.dueAt) await reschedule(tx, enrollment.id, formatInstant(dueAt))
}
