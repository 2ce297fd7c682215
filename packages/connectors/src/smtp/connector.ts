import type { Text } from '@tropa/journey'
import type { EmailConnector, EmailMessage, Verification } from '../email.ts'
import type { DeliveryResult } from '../outcome.ts'
import { resolvePublic } from './address.ts'
import type { SmtpConfig, SmtpSecrets } from './config.ts'
import { explainFailure } from './explain.ts'
import { classifyFailure, SmtpFailure } from './failure.ts'
import { composeMessage, UnsendableMessage, type WireMessage } from './mime.ts'
import { type PoolLimits, SmtpPool } from './pool.ts'
import { type Endpoint, SmtpSession } from './session.ts'

/** How a connection may be used, beside its config. */
export interface SmtpOptions extends Partial<PoolLimits> {
  /**
   * `public` dials only public addresses: use it for hosts a member typed. `anywhere` (the default)
   * is for the operator's own settings and the built-in mailbox.
   */
  reach?: 'anywhere' | 'public'
  patience?: Endpoint['patience']
  tls?: { ca?: string }
}

const verifyTimeoutMs = 15_000

/** Opens a pooled SMTP connection; nothing is dialled until the first `send` or `verify`. */
export function openSmtp(
  config: Pick<SmtpConfig, 'host' | 'port' | 'security' | 'user'>,
  secrets: SmtpSecrets,
  options: SmtpOptions = {},
): EmailConnector {
  const open = async (timeoutMs: number): Promise<SmtpSession> => {
    const started = Date.now()
    const pinned = options.reach === 'public' ? { address: await resolvePublic(config.host) } : {}
    const left = Math.max(1, timeoutMs - (Date.now() - started))
    const { patience, tls } = options
    return SmtpSession.open(
      { config, secrets, ...pinned, ...(patience ? { patience } : {}), ...(tls ? { tls } : {}) },
      left,
    )
  }
  const { maxSessions = 5, maxMessages = 100, idleMs = 30_000 } = options
  const pool = new SmtpPool(open, { maxSessions, maxMessages, idleMs })
  const underWay = new Set<Promise<DeliveryResult>>()
  let closing = false
  return {
    async send(message, budget) {
      if (closing) return classifyFailure(new SmtpFailure('connect', 'closed'))
      const sending = send(pool, message, {
        deadline: Date.now() + budget.timeoutMs,
        verdictMs: budget.verdictMs ?? 0,
      })
      underWay.add(sending)
      return sending.finally(() => underWay.delete(sending))
    },
    verify: () => verify(open),
    async close() {
      closing = true
      await Promise.allSettled(underWay)
      pool.close()
    },
  }
}

/** When the message must be out, and how long the verdict may then take. */
interface Time {
  deadline: number
  verdictMs: number
}

async function send(pool: SmtpPool, message: EmailMessage, time: Time): Promise<DeliveryResult> {
  let wire: WireMessage
  try {
    wire = await composeMessage(message)
  } catch (error) {
    if (error instanceof UnsendableMessage) return unsendable(error)
    throw error
  }
  try {
    return await attempt(pool, wire, time, false)
  } catch (error) {
    return classifyFailure(error as SmtpFailure)
  }
}

/**
 * One attempt over a lent session. A kept session may have been dropped by the server meanwhile: when
 * it breaks before the dot and without a reply, the same attempt goes once over a fresh session.
 */
async function attempt(
  pool: SmtpPool,
  wire: WireMessage,
  time: Time,
  fresh: boolean,
): Promise<DeliveryResult> {
  const session = await pool.acquire(time.deadline, fresh)
  const kept = session.messages > 0
  try {
    const { reply, serverId } = await session.send(
      wire,
      Math.max(1, time.deadline - Date.now()),
      time.verdictMs,
    )
    return {
      outcome: 'accepted',
      providerId: serverId,
      detail: accepted(codeOf(reply)),
    }
  } catch (error) {
    const failure = error as SmtpFailure
    if (failure.reply !== null || failure.breakage === 'too_large') await session.reset()
    else session.close()
    const stale = kept && !failure.dotLeft && failure.reply === null && failure.breakage === 'connection'
    if (!stale) throw failure
  } finally {
    pool.release(session)
  }
  return attempt(pool, wire, time, true)
}

async function verify(open: (timeoutMs: number) => Promise<SmtpSession>): Promise<Verification> {
  try {
    const session = await open(verifyTimeoutMs)
    session.quit()
    return { ok: true }
  } catch (error) {
    return { ok: false, sentence: explainFailure(error as SmtpFailure) }
  }
}

function unsendable(error: UnsendableMessage): DeliveryResult {
  const { what, sentence: detail } = error
  if (what === 'recipient')
    return { outcome: 'rejected', scope: 'recipient', reason: 'invalid_recipient', detail }
  if (what === 'sender')
    return { outcome: 'not_sent', scope: 'sender', reason: 'sender_unregistered', detail }
  return { outcome: 'rejected', scope: 'message', reason: 'content_rejected', detail }
}

function accepted(code: string): Text {
  return { en: `The server accepted the message: ${code}.`, ru: `Сервер принял письмо: ${code}.` }
}

function codeOf(reply: string): string {
  return /^\d{3}(?: \d\.\d{1,3}\.\d{1,3})?/.exec(reply)?.[0] ?? '250'
}
