import type { Text } from '@tropa/journey'
import type { Refused } from '../outcome.ts'

/** Where in the session a reply came: before the mail, to MAIL FROM, to RCPT TO, or to DATA and its end. */
export type SmtpStage = 'connect' | 'auth' | 'mail' | 'rcpt' | 'data'

type Verdict = Pick<Refused, 'outcome' | 'scope' | 'reason' | 'retryAfterMs' | 'detail'>

interface Rule {
  /** The enhanced code (RFC 3463) or, without dots, the basic reply code (RFC 5321). */
  code: RegExp
  stages?: readonly SmtpStage[]
  verdict: Verdict
}

const minute = 60_000
const delayed = 5 * minute

/**
 * Enhanced status codes, first match wins. Meanings: RFC 3463 section 3 (X.1 addressing, X.2 mailbox,
 * X.3 mail system, X.4 network, X.5 protocol, X.6 content, X.7 policy), RFC 7372 (X.7.20–26
 * authentication of the sender), RFC 7505 (X.1.10 null MX), RFC 4954 (X.7.8 and X.7.9 login).
 */
const enhancedRules: readonly Rule[] = [
  rule(
    /^4\.7\.\d+$/,
    'throttled',
    'recipient',
    'throttled',
    {
      en: 'The recipient’s server asks to try later, as greylisting does.',
      ru: 'Сервер получателя просит попробовать позже, как при серых списках.',
    },
    minute,
    ['rcpt'],
  ),
  rule(
    /^4\.7\.\d+$/,
    'throttled',
    'connection',
    'throttled',
    {
      en: 'The server asks to slow down or try later.',
      ru: 'Сервер просит слать реже или попробовать позже.',
    },
    minute,
  ),
  rule(
    /^4\.2\.2$/,
    'not_sent',
    'recipient',
    'unreachable',
    { en: 'The mailbox is full for now.', ru: 'Ящик получателя пока переполнен.' },
    delayed,
  ),
  rule(
    /^4\.[12]\.\d+$/,
    'not_sent',
    'recipient',
    'unreachable',
    { en: 'The mailbox cannot take mail for now.', ru: 'Ящик получателя пока не принимает письма.' },
    delayed,
  ),
  rule(
    /^4\.[34]\.\d+$/,
    'not_sent',
    'connection',
    'network',
    { en: 'The mail system cannot take mail for now.', ru: 'Почтовая система пока не принимает письма.' },
    delayed,
  ),
  rule(
    /^4\.\d+\.\d+$/,
    'not_sent',
    'message',
    'network',
    { en: 'The server put the message off.', ru: 'Сервер отложил приём письма.' },
    delayed,
  ),
  rule(/^5\.1\.[78]$/, 'not_sent', 'sender', 'sender_unregistered', {
    en: 'The server does not accept the sender address.',
    ru: 'Сервер не принимает адрес отправителя.',
  }),
  rule(
    /^5\.1\.(1|2|3|6|10)$/,
    'rejected',
    'recipient',
    'invalid_recipient',
    { en: 'The recipient address does not exist.', ru: 'Такого адреса получателя нет.' },
    0,
    ['rcpt', 'data'],
  ),
  rule(/^5\.2\.[12]$/, 'rejected', 'recipient', 'unreachable', {
    en: 'The mailbox is disabled or full.',
    ru: 'Ящик получателя отключён или переполнен.',
  }),
  rule(/^5\.(2\.3|3\.4|6\.\d+)$/, 'rejected', 'message', 'content_rejected', {
    en: 'The server refuses this content or size.',
    ru: 'Сервер не принимает письмо с таким содержанием или размером.',
  }),
  rule(/^5\.7\.(8|9|11|14)$/, 'not_sent', 'connection', 'auth', {
    en: 'The server refuses the login.',
    ru: 'Сервер не принимает имя или пароль.',
  }),
  rule(
    /^5\.7\.0$/,
    'not_sent',
    'connection',
    'auth',
    {
      en: 'The server wants a login or encryption first.',
      ru: 'Сервер требует сначала войти или включить шифрование.',
    },
    0,
    ['connect', 'auth', 'mail'],
  ),
  rule(/^5\.7\.2[0-6]$/, 'not_sent', 'sender', 'sender_unregistered', {
    en: 'The sender domain fails SPF, DKIM or DMARC.',
    ru: 'Домен отправителя не проходит проверку SPF, DKIM или DMARC.',
  }),
  rule(
    /^5\.7\.\d+$/,
    'rejected',
    'recipient',
    'content_rejected',
    { en: 'The recipient’s server refuses by policy.', ru: 'Сервер получателя отказал по своим правилам.' },
    0,
    ['rcpt'],
  ),
  rule(/^5\.7\.\d+$/, 'rejected', 'message', 'content_rejected', {
    en: 'The server refuses the message by policy.',
    ru: 'Сервер отказал в приёме письма по своим правилам.',
  }),
]

/** Basic reply codes for servers without enhanced ones (RFC 5321 section 4.2.3, RFC 4954 section 6). */
const basicRules: readonly Rule[] = [
  rule(
    /^421$/,
    'not_sent',
    'connection',
    'network',
    { en: 'The server is closing its service for now.', ru: 'Сервер сейчас прекращает работу.' },
    minute,
  ),
  rule(
    /^454$/,
    'not_sent',
    'connection',
    'network',
    { en: 'The server cannot check the login for now.', ru: 'Сервер пока не может проверить имя и пароль.' },
    minute,
    ['connect', 'auth'],
  ),
  rule(
    /^45[02]$/,
    'not_sent',
    'recipient',
    'unreachable',
    { en: 'The mailbox cannot take mail for now.', ru: 'Ящик получателя пока не принимает письма.' },
    delayed,
    ['rcpt'],
  ),
  rule(
    /^4\d\d$/,
    'not_sent',
    'message',
    'network',
    { en: 'The server put the message off.', ru: 'Сервер отложил приём письма.' },
    delayed,
  ),
  rule(/^5(30|34|35|38)$/, 'not_sent', 'connection', 'auth', {
    en: 'The server refuses the login.',
    ru: 'Сервер не принимает имя или пароль.',
  }),
  rule(
    /^553$/,
    'not_sent',
    'sender',
    'sender_unregistered',
    { en: 'The server does not accept the sender address.', ru: 'Сервер не принимает адрес отправителя.' },
    0,
    ['mail'],
  ),
  rule(
    /^55[13]$/,
    'rejected',
    'recipient',
    'invalid_recipient',
    { en: 'The recipient address is not allowed.', ru: 'Адрес получателя не разрешён.' },
    0,
    ['rcpt'],
  ),
  rule(
    /^552$/,
    'rejected',
    'message',
    'content_rejected',
    { en: 'The message is larger than the server takes.', ru: 'Письмо больше, чем принимает сервер.' },
    0,
    ['mail', 'data'],
  ),
  rule(
    /^5\d\d$/,
    'not_sent',
    'connection',
    'auth',
    { en: 'The server refuses the login.', ru: 'Сервер не принимает имя или пароль.' },
    0,
    ['auth'],
  ),
  rule(
    /^5\d\d$/,
    'not_sent',
    'connection',
    'network',
    { en: 'The server refuses the session.', ru: 'Сервер отказался от соединения.' },
    0,
    ['connect'],
  ),
  rule(
    /^5\d\d$/,
    'rejected',
    'sender',
    'unknown',
    {
      en: 'The server refuses the sender without saying why.',
      ru: 'Сервер отказал отправителю без объяснения.',
    },
    0,
    ['mail'],
  ),
  rule(
    /^5\d\d$/,
    'rejected',
    'recipient',
    'unknown',
    {
      en: 'The server refuses the recipient without saying why.',
      ru: 'Сервер отказал получателю без объяснения.',
    },
    0,
    ['rcpt'],
  ),
  rule(/^5\d\d$/, 'rejected', 'message', 'unknown', {
    en: 'The server refuses the message without saying why.',
    ru: 'Сервер отказал в приёме письма без объяснения.',
  }),
]

/**
 * What a refusing SMTP reply means for the message. The enhanced code wins over the basic one; a bare
 * 550 is `unknown` and marks no address dead. Null when the line is no SMTP refusal.
 */
export function classifyReply(reply: string, stage: SmtpStage): Refused | null {
  const found = /^([45]\d\d)(?:[ -](?:([45]\.\d{1,3}\.\d{1,3})(?=\s|$))?|$)/.exec(reply.trim())
  const basic = found?.[1]
  if (!basic) return null
  const enhanced = found[2]?.[0] === basic[0] ? found[2] : undefined
  const verdict = (enhanced && match(enhancedRules, enhanced, stage)) || match(basicRules, basic, stage)
  if (!verdict) return null
  const { retryAfterMs, ...rest } = verdict
  const wait = retryAfterMs ? (askedDelay(reply) ?? retryAfterMs) : undefined
  return { ...rest, ...(wait ? { retryAfterMs: wait } : {}), code: enhanced ? `${basic} ${enhanced}` : basic }
}

function match(rules: readonly Rule[], code: string, stage: SmtpStage): Verdict | undefined {
  return rules.find((one) => one.code.test(code) && (!one.stages || one.stages.includes(stage)))?.verdict
}

/** Greylisting servers say how long to wait in words only: "try again in 300 seconds", "after 5 minutes". */
function askedDelay(reply: string): number | undefined {
  const found = /\b(?:in|after|for)\s+(\d{1,5})\s*(s|sec|seconds?|m|min|minutes?)\b/i.exec(reply)
  if (!found?.[1] || !found[2]) return undefined
  const unit = found[2].toLowerCase().startsWith('s') ? 1000 : minute
  return Math.min(Number(found[1]) * unit, 24 * 60 * minute) || undefined
}

function rule(
  code: RegExp,
  outcome: Refused['outcome'],
  scope: Refused['scope'],
  reason: Refused['reason'],
  detail: Text,
  retryAfterMs = 0,
  stages?: readonly SmtpStage[],
): Rule {
  const wait = retryAfterMs ? { retryAfterMs } : {}
  return { code, ...(stages ? { stages } : {}), verdict: { outcome, scope, reason, detail, ...wait } }
}
