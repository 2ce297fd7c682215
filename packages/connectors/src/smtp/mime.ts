import { createHash } from 'node:crypto'
import { domainToASCII } from 'node:url'
import type { Text } from '@tropa/journey'
import MailComposer from 'nodemailer/lib/mail-composer'
import type { EmailMessage } from '../email.ts'

/** A message ready for the wire: its envelope, its bytes, its Message-ID. */
export interface WireMessage {
  from: string
  to: string
  bytes: Buffer
  messageId: string
}

/** Why a message cannot go on the wire at all; found before any connection is made. */
export class UnsendableMessage extends Error {
  readonly what: 'recipient' | 'sender' | 'header'
  readonly sentence: Text
  constructor(what: 'recipient' | 'sender' | 'header', sentence: Text) {
    super(sentence.en)
    this.name = 'UnsendableMessage'
    this.what = what
    this.sentence = sentence
  }
}

const ownHeaders = new Set(
  'from to cc bcc sender reply-to subject date message-id mime-version list-unsubscribe list-unsubscribe-post'.split(
    ' ',
  ),
)

/** The part of a step key's Message-ID before the @. */
export function messageIdStem(key: string): string {
  return `<${createHash('sha256').update(key).digest('base64url')}`
}

/**
 * The Message-ID of a step key: stable, so that bounces, receipts and repeated attempts can be told
 * together, and free of the key itself.
 */
export function messageIdOf(key: string, fromAddress: string): string {
  const domain = fromAddress.slice(fromAddress.lastIndexOf('@') + 1)
  return `${messageIdStem(key)}@${domainToASCII(domain) || 'localhost'}>`
}

/** Builds the MIME bytes: multipart/alternative with text and html; throws `UnsendableMessage`. */
export async function composeMessage(message: EmailMessage): Promise<WireMessage> {
  const from = addressOf(message.from.address, 'sender')
  const to = addressOf(message.to, 'recipient')
  const messageId = messageIdOf(message.key, from)
  const composer = new MailComposer({
    from: { name: oneLine(message.from.name), address: from },
    to: { name: '', address: to },
    ...(message.replyTo ? { replyTo: { name: '', address: addressOf(message.replyTo, 'sender') } } : {}),
    subject: oneLine(message.subject),
    messageId,
    text: message.text,
    html: message.html,
    headers: { ...extraHeaders(message.headers), ...unsubscribeHeaders(message.unsubscribeUrl) },
    newline: 'win',
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const bytes = await composer.compile().build()
  const envelopeFrom = message.returnPath ? addressOf(message.returnPath, 'sender') : from
  return { from: envelopeFrom, to, bytes, messageId }
}

/** Both headers of RFC 8058; prepared, because folding inside the URL breaks some readers. */
function unsubscribeHeaders(url: string | null) {
  if (!url) return {}
  if (!URL.canParse(url) || /[\s<>]/.test(url)) {
    throw new UnsendableMessage('header', {
      en: 'The unsubscribe link is not a web address.',
      ru: 'Ссылка для отписки не похожа на веб-адрес.',
    })
  }
  return {
    'List-Unsubscribe': { prepared: true, value: `<${url}>` },
    'List-Unsubscribe-Post': { prepared: true, value: 'List-Unsubscribe=One-Click' },
  }
}

function extraHeaders(headers: Record<string, string>): Record<string, string> {
  for (const [name, value] of Object.entries(headers)) {
    const lower = name.toLowerCase()
    const reserved = ownHeaders.has(lower) || lower.startsWith('content-') || lower.startsWith('resent-')
    if (!/^[A-Za-z][A-Za-z0-9-]{0,75}$/.test(name) || reserved) {
      throw new UnsendableMessage('header', {
        en: 'A header name is not allowed here.',
        ru: 'Имя заголовка письма здесь недопустимо.',
      })
    }
    if (hasControl(value))
      throw new UnsendableMessage('header', {
        en: 'A header value holds a line break.',
        ru: 'В значении заголовка письма есть перевод строки.',
      })
  }
  return headers
}

/**
 * One address of at most 64 octets before and 255 after the @ (RFC 5321 section 4.5.3.1), its domain in
 * ASCII form (RFC 5891); the local part keeps its case (RFC 5321 section 2.4).
 */
function addressOf(address: string, what: 'recipient' | 'sender'): string {
  const at = address.lastIndexOf('@')
  const local = address.slice(0, at)
  const domain = domainToASCII(address.slice(at + 1))
  const wellFormed =
    at > 0 && /^[^\s"(),:;<>@[\\\]]+$/u.test(local) && !hasControl(local) && !/^\.|\.\.|\.$/.test(local)
  if (!wellFormed || !domain || domain.length > 255 || Buffer.byteLength(local) > 64) {
    throw new UnsendableMessage(what, malformed[what])
  }
  return `${local}@${domain}`
}

const malformed = {
  recipient: {
    en: 'The recipient address is not a well-formed email address.',
    ru: 'Адрес получателя записан неправильно.',
  },
  sender: {
    en: 'The sender address is not a well-formed email address.',
    ru: 'Адрес отправителя записан неправильно.',
  },
}

function oneLine(value: string): string {
  return value.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim()
}

function hasControl(value: string): boolean {
  return /[\p{Cc}\u2028\u2029]/u.test(value)
}
