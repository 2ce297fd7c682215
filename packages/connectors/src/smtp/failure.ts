import type { Text } from '@tropa/journey'
import type { Refused } from '../outcome.ts'
import { classifyReply, type SmtpStage } from './reply.ts'

/** What broke when no SMTP reply explains it. */
export type Breakage =
  | 'dns'
  | 'tls'
  | 'connection'
  | 'timeout'
  | 'protocol'
  | 'forbidden_host'
  | 'too_large'
  | 'login'
  | 'closed'
  | 'busy'

/** A session or a message that failed, with all that is needed to say what became of the message. */
export class SmtpFailure extends Error {
  readonly stage: SmtpStage
  readonly breakage: Breakage
  /** The refusing reply, when there was one. */
  readonly reply: string | null
  /** True once the end of the message may have left this machine. */
  readonly dotLeft: boolean

  constructor(stage: SmtpStage, breakage: Breakage, reply: string | null = null, dotLeft = false) {
    super(`SMTP failed at ${stage}: ${breakage}`)
    this.name = 'SmtpFailure'
    this.stage = stage
    this.breakage = breakage
    this.reply = reply
    this.dotLeft = dotLeft
  }
}

const sentences: Record<Breakage, Text> = {
  dns: { en: 'The name of the mail server was not found.', ru: 'Имя почтового сервера не найдено.' },
  tls: {
    en: 'No trusted encrypted connection to the mail server could be made.',
    ru: 'Не удалось установить доверенное шифрованное соединение с почтовым сервером.',
  },
  connection: {
    en: 'The connection to the mail server failed or was cut.',
    ru: 'Соединение с почтовым сервером не удалось или оборвалось.',
  },
  timeout: { en: 'The mail server did not answer in time.', ru: 'Почтовый сервер не ответил вовремя.' },
  protocol: {
    en: 'The mail server answered with something that is not SMTP.',
    ru: 'Почтовый сервер ответил не по протоколу SMTP.',
  },
  forbidden_host: {
    en: 'The mail server has no public address; a private one may be used only when SMTP_URL names it.',
    ru: 'У почтового сервера нет публичного адреса; внутренний можно использовать, только если он задан в SMTP_URL.',
  },
  too_large: {
    en: 'The message is larger than the server says it takes.',
    ru: 'Письмо больше, чем объявил сервер.',
  },
  login: {
    en: 'The connection has a user name but no password.',
    ru: 'В подключении есть имя, но нет пароля.',
  },
  closed: {
    en: 'This connection was closed before the message went out.',
    ru: 'Подключение закрыли раньше, чем письмо ушло.',
  },
  busy: {
    en: 'All sessions to the mail server were busy with other messages.',
    ru: 'Все соединения с почтовым сервером были заняты другими письмами.',
  },
}

/**
 * What a failure means for the message: a refusing reply decides; without one, a message whose final
 * dot may have left is `ambiguous` (RFC 5321 section 4.2.5 hands over responsibility at that reply),
 * and one whose dot did not leave was surely not sent.
 */
export function classifyFailure(failure: SmtpFailure): Refused {
  const byReply = failure.reply === null ? null : classifyReply(failure.reply, failure.stage)
  if (byReply) return byReply
  const detail = sentences[failure.breakage]
  if (failure.breakage === 'too_large') {
    return { outcome: 'rejected', scope: 'message', reason: 'content_rejected', detail }
  }
  if (failure.breakage === 'login') {
    return { outcome: 'not_sent', scope: 'connection', reason: 'auth', detail }
  }
  if (failure.dotLeft) {
    return {
      outcome: 'ambiguous',
      scope: 'message',
      reason: 'network',
      detail: {
        en: `${detail.en} The message was complete, so it may have been accepted.`,
        ru: `${detail.ru} Письмо было передано целиком, так что сервер мог его принять.`,
      },
    }
  }
  const scope = failure.breakage === 'busy' ? 'message' : 'connection'
  return { outcome: 'not_sent', scope, reason: 'network', detail }
}

/** Reads nodemailer's error: its codes name the layer, `response` is the server's reply. */
export function failureOf(error: unknown, stage: SmtpStage, dotLeft: boolean): SmtpFailure {
  if (error instanceof SmtpFailure) return error
  const { code, command, response, rejectedErrors } = error as NodemailerFailure
  const reply = rejectedErrors?.[0]?.response ?? response ?? null
  // nodemailer compares the size with the server's SIZE (RFC 1870) before it says MAIL FROM
  const tooLarge = code === 'EMESSAGE' && reply === null && command === 'MAIL FROM'
  return new SmtpFailure(stageOf(command, stage), tooLarge ? 'too_large' : breakageOf(code), reply, dotLeft)
}

interface NodemailerFailure {
  code?: string
  command?: string
  response?: string
  rejectedErrors?: { response?: string }[]
}

function stageOf(command: string | undefined, fallback: SmtpStage): SmtpStage {
  if (command === 'MAIL FROM') return 'mail'
  if (command === 'RCPT TO') return 'rcpt'
  if (command === 'DATA') return 'data'
  return command?.startsWith('AUTH') ? 'auth' : fallback
}

function breakageOf(code: string | undefined): Breakage {
  if (code === 'EDNS') return 'dns'
  if (code === 'EAUTH') return 'login'
  if (code === 'ETLS') return 'tls'
  if (code === 'ETIMEDOUT') return 'timeout'
  return code === 'EPROTOCOL' || code === 'EENVELOPE' || code === 'EMESSAGE' ? 'protocol' : 'connection'
}
