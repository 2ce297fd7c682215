import type { DeliveryResult } from '@tropa/connectors'
import type { RenderResult } from '@tropa/connectors/render'
import {
  delayMessage,
  lockForGate,
  type MessageFacts,
  messageFacts,
  refuseMessage,
  startAttempt,
} from '@tropa/db/messages'
import { inShortTransaction, type Transaction } from '@tropa/db/statement'
import type { SendRequest } from '@tropa/journey'
import type pg from 'pg'
import type { Logger } from 'pino'
import { findExit } from '../enrollment/exit-rules.ts'
import { livePort } from '../enrollment/live-port.ts'
import type { PlanShelf } from '../enrollment/plan-shelf.ts'
import type { ConnectionShelf, OpenConnection } from './connection-shelf.ts'
import { type ContentOptions, emailOf, fillTemplate } from './content.ts'
import { passGate } from './gate.ts'
import type { Rung } from './rungs.ts'
import { type OpenAttempt, settle } from './settle.ts'

export interface DeliverDeps extends ContentOptions {
  pool: pg.Pool
  plans: PlanShelf
  connections: ConnectionShelf
  log: Logger
  /** How long the provider may take; an attempt without outcome counts as ambiguous somewhat later. */
  timeoutMs: number
  leaseMs: number
}

/** Either the message needs nothing more from delivery, or it does later. */
export type Delivery = { done: true } | { done: false; retryInMs: number }

const done: Delivery = { done: true }
const settledSoonMs = 1_000

interface Prepared {
  content: RenderResult
  connection: OpenConnection
}

type Opened = { kind: 'attempt'; attempt: OpenAttempt; facts: MessageFacts; request: SendRequest } | Delivery

/**
 * Takes a message through the gate and, if it may go, makes one attempt. Safe to run any number of times and by several
 * processes at once: only the ledger decides whether the provider is called.
 */
export async function deliver(deps: DeliverDeps, messageId: string): Promise<Delivery> {
  const [facts] = await messageFacts(deps.pool, messageId)
  if (!facts) return done
  if (facts.status === 'attempting') return expire(deps, facts)
  if (facts.status !== 'planned') return done
  if (facts.retryAt !== null && facts.retryAt > facts.now) return later(facts.retryAt - facts.now)
  const prepared = await prepare(deps, facts)
  const opened = await inShortTransaction(
    deps.pool,
    (tx) => Promise.all([lockForGate(tx, messageId), messageFacts(tx, messageId)]),
    (tx, [, [facts]], last) => openAttempt(deps, tx, facts, prepared, last),
  )
  if (!('kind' in opened)) return opened
  const result = await call(deps, opened.facts, opened.request, prepared as Prepared, opened.attempt)
  const recorded = await record(deps, opened.attempt, result)
  deps.log.debug({ messageId, attempt: opened.attempt.number, outcome: result.outcome, recorded }, 'attempt')
  return result.outcome === 'accepted' || result.outcome === 'rejected' ? done : settledState(deps, messageId)
}

/** An answer in hand is not given up because the database is away: it is offered again while the lease lasts. */
async function record(deps: DeliverDeps, attempt: OpenAttempt, result: DeliveryResult): Promise<boolean> {
  const patience = Date.now() + deps.leaseMs
  for (;;) {
    try {
      return await settle(deps.pool, attempt, result)
    } catch (error) {
      if (Date.now() > patience) throw error
      await new Promise((resolve) => setTimeout(resolve, settledSoonMs / 2))
    }
  }
}

function later(retryInMs: number): Delivery {
  return { done: false, retryInMs: Math.max(1, Math.ceil(retryInMs)) }
}

/** Renders before the locks are taken, when the gate looks open; `null` when it is shut anyhow. */
async function prepare(deps: DeliverDeps, facts: MessageFacts): Promise<Prepared | 'unusable' | null> {
  const answer = passGate(facts)
  if (answer.gate !== 'open' || !facts.connection) return null
  try {
    const connection = deps.connections.take(facts.workspaceId, facts.connection)
    return { connection, content: await fillTemplate(facts, answer.request, deps) }
  } catch (error) {
    deps.log.warn({ connectionId: facts.connection.id, error: nameOf(error) }, 'connection cannot be used')
    return 'unusable'
  }
}

async function openAttempt(
  deps: DeliverDeps,
  tx: Transaction,
  facts: MessageFacts | undefined,
  prepared: Prepared | 'unusable' | null,
  last: (write: () => Promise<unknown>) => void,
): Promise<Opened> {
  if (facts?.status !== 'planned') return facts?.status === 'attempting' ? later(settledSoonMs) : done
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
  if (prepared === null) return later(1)
  const stop = prepared === 'unusable' ? unusable() : contentFault(prepared.content)
  if (stop) {
    await refuseMessage(tx, messageId, 'not_sent', stop.code, JSON.stringify([...answer.rungs, stop]))
    return done
  }
  const { content } = prepared as Prepared & { content: { ok: true } }
  const number = (facts.lastAttempt?.number ?? 0) + 1
  const rungs = [...answer.rungs, { rung: 'content', code: 'content_rendered', ok: true, detail: filled }]
  const rendered = {
    address: answer.address,
    subject: content.subject,
    html: content.html,
    text: content.text,
    connectionId: facts.connection?.id ?? null,
  }
  const [gate, sent] = [JSON.stringify(rungs), JSON.stringify(rendered)]
  last(() => startAttempt(tx, messageId, number, workspaceId, deps.leaseMs, gate, sent))
  return {
    kind: 'attempt',
    facts,
    request: answer.request,
    attempt: attemptOf(facts, answer.request, number),
  }
}

const filled = { en: 'The email was filled in.', ru: 'Письмо заполнено.' }

function attemptOf(facts: MessageFacts, request: SendRequest, number: number): OpenAttempt {
  return {
    messageId: facts.id,
    number,
    workspaceId: facts.workspaceId,
    ifUnknown: request.ifUnknown,
    channel: request.channel,
    address: facts.email,
    connectionId: facts.connection?.id ?? null,
    connectionBroken: facts.connection?.brokenSince != null,
  }
}

function contentFault(content: RenderResult): Rung | null {
  if (content.ok) return null
  return { rung: 'content', code: content.reason, ok: false, detail: { en: content.en, ru: content.ru } }
}

function unusable(): Rung {
  return {
    rung: 'connection',
    code: 'connector_disabled',
    ok: false,
    detail: {
      en: 'The settings of the connection cannot be used. Open it, correct them and save.',
      ru: 'Настройки подключения непригодны. Откройте его, исправьте и сохраните.',
    },
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

async function call(
  deps: DeliverDeps,
  facts: MessageFacts,
  request: SendRequest,
  { connection, content }: Prepared,
  { address }: OpenAttempt,
): Promise<DeliveryResult> {
  if (!content.ok || address === null) throw new Error('An attempt was opened without content or address')
  const { subject, html, text } = content
  const email = emailOf(facts, request, connection.sender, { subject, html, text, to: address }, deps)
  return connection.connector.send(email, { timeoutMs: deps.timeoutMs })
}

/** An attempt under way elsewhere is left alone; one whose lease ran out counts as ambiguous, never as not sent. */
async function expire(deps: DeliverDeps, facts: MessageFacts): Promise<Delivery> {
  const { lastAttempt } = facts
  if (!lastAttempt || lastAttempt.outcome !== null) return done
  if (lastAttempt.leaseUntil > facts.now)
    return later(Math.min(settledSoonMs, lastAttempt.leaseUntil - facts.now))
  const request = requestFrom(facts)
  await settle(deps.pool, attemptOf(facts, request, lastAttempt.number), {
    outcome: 'ambiguous',
    scope: 'message',
    reason: 'unknown',
    detail: 'The process that sent it ended before the answer came.',
  })
  deps.log.warn({ messageId: facts.id, attempt: lastAttempt.number }, 'attempt expired')
  return settledState(deps, facts.id)
}

/** The policy of the visit; of an enrollment that has moved on or ended, nothing may go out again. */
function requestFrom(facts: MessageFacts): SendRequest {
  const command = facts.state.pending?.command
  if (command?.do === 'send' && facts.state.pending?.node === facts.node) return command.request
  return {
    channel: 'email',
    template: '',
    connection: null,
    messageClass: 'marketing',
    topic: '',
    ifUnknown: 'skip',
  }
}

async function settledState(deps: DeliverDeps, messageId: string): Promise<Delivery> {
  const [facts] = await messageFacts(deps.pool, messageId)
  if (facts?.status !== 'planned') return done
  return later((facts.retryAt ?? facts.now) - facts.now)
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown'
}
