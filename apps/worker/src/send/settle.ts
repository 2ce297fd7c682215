import type { DeliveryResult, Refused } from '@tropa/connectors'
import { type MessageStatus, markByAttempt, settleAttempt, suppressAddress } from '@tropa/db/messages'
import type { Runner } from '@tropa/db/statement'
import type { SendRequest } from '@tropa/journey'

/** The attempt an outcome belongs to. */
export interface OpenAttempt {
  messageId: string
  enrollmentId: string
  node: string
  visit: number
  number: number
  workspaceId: string
  ifUnknown: SendRequest['ifUnknown']
  channel: string
  address: string | null
  connectionId: string | null
  connectionBroken: boolean
}

/** What becomes of a message after an attempt. */
export interface Verdict {
  status: MessageStatus
  reason: string | null
  retryInMs: number | null
}

/** Reasons that concern everybody on the connection until somebody mends it or the server comes back. */
const breakages = new Set(['auth', 'network', 'unreachable', 'no_funds', 'not_permitted'])
const mostResends = 3
const firstRetryMs = 2_000
/** A refusal of one message gets rarer tries; a server that is away is asked often, so that nobody waits when it is back. */
const longestRetryMs = 30 * 60_000
const longestOutageRetryMs = 60_000

/** What an outcome means for the message. `number` counts attempts from 1. */
export function judge(result: DeliveryResult, ifUnknown: SendRequest['ifUnknown'], number: number): Verdict {
  switch (result.outcome) {
    case 'accepted':
      return { status: 'accepted', reason: null, retryInMs: null }
    case 'rejected':
      return { status: 'rejected', reason: 'provider_rejected', retryInMs: null }
    case 'not_sent':
    case 'throttled': {
      const longest = result.scope === 'connection' ? longestOutageRetryMs : longestRetryMs
      const backOff = Math.min(longest, firstRetryMs * 4 ** (number - 1))
      return {
        status: 'planned',
        reason: 'provider_temporary',
        retryInMs: Math.max(result.retryAfterMs ?? 0, backOff),
      }
    }
    case 'ambiguous':
      if (ifUnknown === 'resend' && number < mostResends)
        return { status: 'planned', reason: 'outcome_unknown', retryInMs: firstRetryMs }
      return {
        status: ifUnknown === 'hold' ? 'held' : 'unknown',
        reason: 'outcome_unknown',
        retryInMs: null,
      }
  }
}

/** Records how an attempt ended. Answers `null` when somebody else had settled it before: then nothing is changed. */
export async function settle(
  runner: Runner,
  attempt: OpenAttempt,
  result: DeliveryResult,
): Promise<Verdict | null> {
  const verdict = judge(result, attempt.ifUnknown, attempt.number)
  const refused = result.outcome === 'accepted' ? null : result
  const [settled] = await settleAttempt(
    runner,
    attempt.messageId,
    attempt.number,
    result.outcome,
    refused?.reason ?? null,
    refused?.code ?? null,
    result.detail ? JSON.stringify(result.detail) : null,
    verdict.status,
    verdict.reason,
    result.outcome === 'accepted' ? result.providerId : null,
    verdict.retryInMs,
    isFinal(verdict),
  )
  if (!settled) return null
  await rememberLesson(runner, attempt, result)
  return verdict
}

/** Whether the message needs nothing more: its enrollment can move on. */
export function isFinal({ status }: Verdict): boolean {
  return status === 'accepted' || status === 'rejected' || status === 'unknown'
}

/** Whether a result says that nobody can be written to over the connection now. */
export function breaks(result: DeliveryResult): result is Refused {
  return result.outcome === 'not_sent' && result.scope === 'connection' && breakages.has(result.reason)
}

async function rememberLesson(runner: Runner, attempt: OpenAttempt, result: DeliveryResult): Promise<void> {
  const { workspaceId, channel, address, connectionId } = attempt
  if (result.outcome === 'rejected' && result.reason === 'invalid_recipient' && address)
    await suppressAddress(runner, workspaceId, channel, address, result.reason)
  if (!connectionId) return
  if (breaks(result)) await markByAttempt(runner, connectionId, JSON.stringify(brokenSentence(result)))
  else if (attempt.connectionBroken && result.outcome === 'accepted')
    await markByAttempt(runner, connectionId, null)
}

/** What a member reads at the connection: what is wrong with it, as the attempt says it, and what becomes of the mail. */
export function brokenSentence({ reason, detail }: Refused): { en: string; ru: string } {
  if (reason === 'auth') {
    return {
      en: 'The mail server refuses the user name or password. Check them in the connection.',
      ru: 'Почтовый сервер не принимает имя или пароль. Проверьте их в подключении.',
    }
  }
  return {
    en: `${detail.en} Messages wait and go out when it works again.`,
    ru: `${detail.ru} Сообщения ждут и уйдут, когда он снова заработает.`,
  }
}
