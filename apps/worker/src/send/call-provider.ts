import type { DeliveryResult } from '@tropa/connectors'
import { renewLease } from '@tropa/db/attempt-lease'
import type { MessageFacts } from '@tropa/db/messages'
import type { SendRequest } from '@tropa/journey'
import type pg from 'pg'
import type { Logger } from 'pino'
import { errorFields, type Outages } from '../outages.ts'
import { emailOf } from './content.ts'
import type { Prepared } from './prepare.ts'
import { breaks, type OpenAttempt } from './settle.ts'

export interface CallDeps {
  pool: pg.Pool
  log: Logger
  outages: Outages
  /** How long the provider may take until it has the message; running out before that means it was not sent. */
  timeoutMs: number
  /** How long its verdict may take then; giving up there leaves an unknown outcome. */
  verdictMs: number
  /** An attempt whose process died counts as ambiguous after this; one that waits renews it. */
  leaseMs: number
}

/** An attempt that is committed, with all it takes to make it. */
export interface ReadyAttempt {
  attempt: OpenAttempt
  facts: MessageFacts
  request: SendRequest
  prepared: Prepared
}

/** Makes an attempt's one call. The log says when a mail server goes away and when it is back, whoever is written to. */
export async function callProvider(deps: CallDeps, ready: ReadyAttempt): Promise<DeliveryResult> {
  const result = await send(deps, ready)
  const { connectionId, workspaceId } = ready.attempt
  const server = `mail server of connection ${connectionId}`
  if (result.outcome === 'accepted') deps.outages.worked(server)
  if (breaks(result)) {
    const { reason: error, code } = result
    deps.outages.tell(server, error, { workspaceId, error, ...(code ? { code } : {}) })
  }
  return result
}

async function send(
  { pool, log, timeoutMs, verdictMs, leaseMs }: CallDeps,
  { facts, request, attempt, prepared: { connection, content, unsubscribeUrl } }: ReadyAttempt,
): Promise<DeliveryResult> {
  const { address, messageId, number } = attempt
  if (!content.ok || address === null) throw new Error('An attempt was opened without content or address')
  const { subject, html, text } = content
  const filled = { subject, html, text, to: address }
  const email = emailOf(facts, request, connection.sender, filled, unsubscribeUrl)
  const renewing = setInterval(() => {
    renewLease(pool, messageId, number, leaseMs).catch((error: unknown) =>
      log.warn({ messageId, ...errorFields(error) }, 'the lease of an attempt was not renewed'),
    )
  }, leaseMs / 3)
  return connection.connector.send(email, { timeoutMs, verdictMs }).finally(() => clearInterval(renewing))
}
