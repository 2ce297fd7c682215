import { createCipheriv, createDecipheriv, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'

/** What an unsubscribe link is about; ids only, no personal data. */
export interface UnsubscribeClaim {
  workspaceId: string
  customerId: string
  channel: string
  /** The consent topic; null means everything on the channel. */
  topic: string | null
  messageId: string
}

const markBytes = 16
const maxTokenLength = 2048

/**
 * Makes the opaque, URL-safe token of an unsubscribe link. The same claim gives the same token:
 * a synthetic IV (HMAC-SHA-256 of the claim) both encrypts and authenticates it, as in RFC 5297.
 */
export function signUnsubscribe(secret: string, claim: UnsubscribeClaim): string {
  const { workspaceId, customerId, channel, topic, messageId } = claim
  const body = Buffer.from(JSON.stringify([workspaceId, customerId, channel, topic, messageId]), 'utf8')
  const mark = markOf(secret, body)
  const cipher = createCipheriv('aes-256-ctr', keyOf(secret, 'encrypt'), mark)
  return Buffer.concat([mark, cipher.update(body), cipher.final()]).toString('base64url')
}

/** Reads a token made by `signUnsubscribe`; null when it was not made with this secret or was altered. */
export function verifyUnsubscribe(secret: string, token: string): UnsubscribeClaim | null {
  if (token.length > maxTokenLength || !/^[\w-]+$/.test(token)) return null
  const bytes = Buffer.from(token, 'base64url')
  if (bytes.length <= markBytes || bytes.toString('base64url') !== token) return null
  const mark = bytes.subarray(0, markBytes)
  const decipher = createDecipheriv('aes-256-ctr', keyOf(secret, 'encrypt'), mark)
  const body = Buffer.concat([decipher.update(bytes.subarray(markBytes)), decipher.final()])
  if (!timingSafeEqual(mark, markOf(secret, body))) return null
  const [workspaceId, customerId, channel, topic, messageId] = JSON.parse(body.toString('utf8'))
  return { workspaceId, customerId, channel, topic, messageId }
}

function markOf(secret: string, body: Buffer): Buffer {
  return createHmac('sha256', keyOf(secret, 'sign')).update(body).digest().subarray(0, markBytes)
}

const derived = new Map<string, Buffer>()

/** Derives a key once per secret and use: a process has one secret, and a derivation costs more than the rest. */
function keyOf(secret: string, use: 'encrypt' | 'sign'): Buffer {
  const name = `${use} ${secret}`
  const known = derived.get(name)
  if (known) return known
  if (Buffer.byteLength(secret) < 32) throw new Error('The signing secret must hold at least 32 bytes.')
  const key = Buffer.from(hkdfSync('sha256', secret, '', `tropa/unsubscribe/v1/${use}`, 32))
  if (derived.size >= 16) derived.clear()
  derived.set(name, key)
  return key
}
