import type { DeliveryResult } from '@tropa/connectors'
import type { GroupCommit } from '@tropa/db/group-commit'
import {
  delayMessage,
  lockForGate,
  type MessageFacts,
  messageFacts,
  refuseMessage,
  startAttempt,
} from '@tropa/db/messages'
import { inOneWrite, type Last, type Transaction } from '@tropa/db/statement'
import type { SendRequest } from '@tropa/journey'
import { findExit } from '../enrollment/exit-rules.ts'
import { livePort } from '../enrollment/live-port.ts'
import type { Next } from '../enrollment/next.ts'
import type { SettledMessage } from '../enrollment/next-input.ts'
import type { PlanShelf } from '../enrollment/plan-shelf.ts'
import { errorFields } from '../outages.ts'
import { type CallDeps, callProvider, type ReadyAttempt } from './call-provider.ts'
import { passGate, requestOf } from './gate.ts'
import {
  type Content,
  faultOf,
  ifQuick,
  type PrepareDeps,
  type Prepared,
  prepare,
  prepareIfQuick,
} from './prepare.ts'
import { passed } from './rungs.ts'
import { isFinal, judge, type OpenAttempt, settle } from './settle.ts'

export interface DeliverDeps extends PrepareDeps, CallDeps {
  plans: PlanShelf
  commits: GroupCommit
}

/** Either the message needs nothing more from delivery, and its enrollment may have moved on; or it does later. */
export type Delivery = { done: true; moved?: Moved } | { done: false; retryInMs: number }

/** Where an enrollment has come, and the delivery that was begun of a message planned on the way. */
export interface Moved {
  next: Next
  delivery?: Opened | undefined
}

/** Settles an attempt with the given function and moves its enrollment on, all in one transaction. */
export type MoveOn = (settle: (tx: Transaction) => Promise<SettledMessage | undefined>) => Promise<Moved>

/** Begins the delivery of a message in the transaction that plans it: `plan` writes the message. */
export type BeginDelivery = (
  tx: Transaction,
  messageId: string,
  plan: () => Promise<unknown>,
  last: Last,
) => Promise<Opened>

const done: Delivery = { done: true }
const settledSoonMs = 1_000

type Attempt = ReadyAttempt & { kind: 'attempt' }

/** A delivery after its first transaction: an attempt to be made, what must come before one, or the end of it. */
export type Opened = Attempt | Unprepared | { kind: 'expired'; facts: MessageFacts } | Delivery

interface Unprepared {
  kind: 'prepare'
  facts: MessageFacts
  /** The content, when it has been begun. */
  making: Promise<Content> | undefined
}

/**
 * Takes a message through the gate and, if it may go, makes one attempt. Safe to run any number of times and by several
 * processes at once: only the ledger decides whether the provider is called. With `moveOn` its enrollment moves on in
 * the transaction that settles the attempt. What `beginDelivery` answered goes on from there.
 */
export async function deliver(
  deps: DeliverDeps,
  messageId: string,
  moveOn?: MoveOn,
  begun?: Opened,
): Promise<Delivery> {
  let opened = begun ?? (await open(deps, messageId, undefined))
  if ('kind' in opened && opened.kind === 'prepare')
    opened = await open(deps, messageId, await (opened.making ?? prepare(deps, opened.facts)))
  if (!('kind' in opened)) return opened
  if (opened.kind !== 'attempt') return expire(deps, opened.facts)
  const { attempt } = opened
  const result = await callProvider(deps, opened)
  const delivery = await record(deps, attempt, result, moveOn)
  deps.log.debug({ messageId, attempt: attempt.number, outcome: result.outcome }, 'attempt')
  return delivery
}

/** See `BeginDelivery`. */
export const beginDelivery =
  (deps: DeliverDeps): BeginDelivery =>
  async (tx, messageId, plan, last) => {
    const [, , [facts]] = await inOneWrite(tx, () => [
      plan(),
      lockForGate(tx, messageId),
      messageFacts(tx, messageId),
    ])
    return openAttempt(deps, tx, facts, undefined, last)
  }

/** Reads everything under the gate's locks and commits the attempt; content not yet prepared is made there if that is quick. */
function open(deps: DeliverDeps, messageId: string, prepared: Content | undefined): Promise<Opened> {
  return deps.commits.run(
    { kind: 'message', id: messageId },
    {
      open: (tx) => Promise.all([lockForGate(tx, messageId), messageFacts(tx, messageId)]),
      work: (tx, [, [facts]], last) => openAttempt(deps, tx, facts, prepared, last),
    },
  )
}

/**
 * An answer in hand is not given up because the database is away: it is offered again while the lease lasts. When the
 * enrollment cannot move on, at least the answer is kept.
 */
async function record(
  deps: DeliverDeps,
  attempt: OpenAttempt,
  result: DeliveryResult,
  moveOn: MoveOn | undefined,
): Promise<Delivery> {
  const patience = Date.now() + deps.leaseMs
  const final = isFinal(judge(result, attempt.ifUnknown, attempt.number))
  for (let movesOn = final ? moveOn : undefined; ; movesOn = undefined) {
    try {
      if (movesOn) return { done: true, moved: await movesOn((tx) => settledMessage(tx, attempt, result)) }
      await settle(deps.pool, attempt, result)
      return final ? done : settledState(deps, attempt.messageId)
    } catch (error) {
      if (movesOn) {
        deps.log.debug(
          { messageId: attempt.messageId, ...errorFields(error) },
          'the leg after an attempt failed',
        )
        continue
      }
      if (Date.now() > patience) throw error
      await new Promise((resolve) => setTimeout(resolve, settledSoonMs / 2))
    }
  }
}

async function settledMessage(
  tx: Transaction,
  attempt: OpenAttempt,
  result: DeliveryResult,
): Promise<SettledMessage | undefined> {
  const verdict = await settle(tx, attempt, result)
  const { messageId: id, node, visit } = attempt
  return verdict ? { id, node, visit, status: verdict.status, reason: verdict.reason } : undefined
}

function later(retryInMs: number): Delivery {
  return { done: false, retryInMs: Math.max(1, Math.ceil(retryInMs)) }
}

async function openAttempt(
  deps: DeliverDeps,
  tx: Transaction,
  facts: MessageFacts | undefined,
  given: Content | undefined,
  last: Last,
): Promise<Opened> {
  if (facts?.status === 'attempting') return { kind: 'expired', facts }
  if (facts?.status !== 'planned') return done
  if (facts.retryAt !== null && facts.retryAt > facts.now) return later(facts.retryAt - facts.now)
  const { id: messageId, workspaceId } = facts
  const answer = passGate(facts)
  if (answer.gate === 'gone') {
    const reason = facts.enrollmentStatus === 'active' ? 'too_late' : facts.enrollmentStatus
    await refuseMessage(tx, messageId, 'not_sent', reason, '[]')
    return done
  }
  if (answer.gate === 'later') {
    await delayMessage(tx, messageId, answer.reason, JSON.stringify(answer.rungs), answer.retryInMs)
    return later(answer.retryInMs)
  }
  if (await exitHasCome(deps, tx, facts)) return done
  if (answer.gate === 'refused') {
    const status = answer.failed ? 'rejected' : 'not_sent'
    await refuseMessage(tx, messageId, status, answer.reason, JSON.stringify(answer.rungs))
    return done
  }
  const making = given === undefined ? prepareIfQuick(deps, facts) : undefined
  const prepared = making ? await ifQuick(deps, making) : given
  if (prepared === undefined) return { kind: 'prepare', facts, making }
  if (prepared === null) return later(1)
  const fault = faultOf(prepared)
  if (fault) {
    await refuseMessage(tx, messageId, 'not_sent', fault.code, JSON.stringify([...answer.rungs, fault]))
    return done
  }
  const { content } = prepared as Prepared & { content: { ok: true } }
  const { request } = answer
  const attempt = attemptOf(facts, request, (facts.lastAttempt?.number ?? 0) + 1)
  const rungs = [...answer.rungs, passed('content', 'content_rendered')]
  const rendered = {
    address: answer.address,
    subject: content.subject,
    html: content.html,
    text: content.text,
    connectionId: facts.connection?.id ?? null,
  }
  const [gate, sent] = [JSON.stringify(rungs), JSON.stringify(rendered)]
  last(() => startAttempt(tx, messageId, attempt.number, workspaceId, deps.leaseMs, gate, sent))
  return { kind: 'attempt', facts, request, attempt, prepared: prepared as Prepared }
}

type Policy = Pick<SendRequest, 'channel' | 'ifUnknown'>

/** Of a visit that the enrollment has left or an enrollment that has ended, nothing may go out again. */
const leftBehind: Policy = { channel: 'email', ifUnknown: 'skip' }

function attemptOf(facts: MessageFacts, request: Policy, number: number): OpenAttempt {
  return {
    messageId: facts.id,
    enrollmentId: facts.enrollmentId,
    node: facts.node,
    visit: facts.visit,
    number,
    workspaceId: facts.workspaceId,
    ifUnknown: request.ifUnknown,
    channel: request.channel,
    address: facts.email,
    connectionId: facts.connection?.id ?? null,
    connectionBroken: facts.connection?.brokenSince != null,
  }
}

async function exitHasCome(deps: DeliverDeps, tx: Transaction, facts: MessageFacts): Promise<boolean> {
  const { plan } = await deps.plans.take(tx, facts.versionId)
  const { pending } = facts.state
  if (plan.settings.exitRules.length === 0 || !pending) return false
  const personId = facts.personId ?? facts.customerId
  const port = livePort(tx, personId, facts.clock?.id ?? null)
  const draft = { state: facts.state, enrollment: { personId, clock: facts.clock, now: facts.now } }
  return (await findExit({ tx, plan, port, draft }, pending)) !== null
}

/** An attempt under way elsewhere is left alone; one whose lease ran out counts as ambiguous, never as not sent. */
async function expire(deps: DeliverDeps, facts: MessageFacts): Promise<Delivery> {
  const { lastAttempt } = facts
  if (!lastAttempt || lastAttempt.outcome !== null) return done
  if (lastAttempt.leaseUntil > facts.now)
    return later(Math.min(settledSoonMs, lastAttempt.leaseUntil - facts.now))
  await settle(deps.pool, attemptOf(facts, requestOf(facts) ?? leftBehind, lastAttempt.number), {
    outcome: 'ambiguous',
    scope: 'message',
    reason: 'unknown',
    detail: {
      en: 'The process that sent it ended before the answer came.',
      ru: 'Процесс, который отправлял письмо, завершился раньше, чем пришёл ответ.',
    },
  })
  deps.log.warn({ messageId: facts.id, attempt: lastAttempt.number }, 'attempt expired')
  return settledState(deps, facts.id)
}

async function settledState(deps: DeliverDeps, messageId: string): Promise<Delivery> {
  const [facts] = await messageFacts(deps.pool, messageId)
  if (facts?.status !== 'planned') return done
  return later((facts.retryAt ?? facts.now) - facts.now)
}
