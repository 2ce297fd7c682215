import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mailboxLoginFits, mailboxPassword } from './mailbox/login.ts'
import { openSecret, sealSecret } from './seal.ts'
import { signUnsubscribe, verifyUnsubscribe } from './unsubscribe.ts'

const key = 'k'.repeat(43)
const claim = { workspaceId: 'w1', customerId: 'c-7', channel: 'email', topic: null, messageId: 'm1' }

/** Every single-bit change of a base64url text that still decodes to other bytes. */
function flips(token: string): string[] {
  const bytes = Buffer.from(token, 'base64url')
  return Array.from({ length: bytes.length }, (_, at) => {
    const changed = Buffer.from(bytes)
    changed[at] = (changed[at] ?? 0) ^ 1
    return changed.toString('base64url')
  })
}

describe('a sealed secret', () => {
  it('opens for its owner, whatever it holds', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.string(),
        (text, aad) => openSecret(key, sealSecret(key, text, aad), aad) === text,
      ),
    )
  })

  it('differs each time and shows nothing', () => {
    expect(sealSecret(key, 'pass', 'w/c')).not.toBe(sealSecret(key, 'pass', 'w/c'))
    expect(
      Buffer.from(sealSecret(key, 'passpass', 'w/c').slice(3), 'base64url').toString('latin1'),
    ).not.toContain('pass')
  })

  it('stays shut for another owner, another key and any altered byte', () => {
    const sealed = sealSecret(key, 'pass', 'w1/c1')
    expect(() => openSecret(key, sealed, 'w2/c1')).toThrow('does not open')
    expect(() => openSecret('x'.repeat(43), sealed, 'w1/c1')).toThrow('does not open')
    for (const altered of flips(sealed.slice(3)))
      expect(() => openSecret(key, `v1.${altered}`, 'w1/c1')).toThrow('does not open')
    expect(() => openSecret(key, 'plain', 'w1/c1')).toThrow('not a sealed secret')
    expect(() => sealSecret('short', 'x', 'y')).toThrow('32 bytes')
  })
})

describe('an unsubscribe token', () => {
  it('gives back what was signed, and is the same each time', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.option(fc.string()), (workspaceId, customerId, topic) => {
        const one = { ...claim, workspaceId, customerId, topic }
        const token = signUnsubscribe(key, one)
        expect(token).toMatch(/^[\w-]+$/)
        expect(verifyUnsubscribe(key, token)).toEqual(one)
        expect(signUnsubscribe(key, one)).toBe(token)
      }),
    )
  })

  it('hides its ids', () => {
    expect(Buffer.from(signUnsubscribe(key, claim), 'base64url').toString('latin1')).not.toContain('c-7')
  })

  it('is refused when altered, cut, forged or signed with another secret', () => {
    const token = signUnsubscribe(key, claim)
    for (const altered of flips(token)) expect(verifyUnsubscribe(key, altered)).toBeNull()
    for (const wrong of [
      '',
      'a',
      token.slice(0, -1),
      `${token}A`,
      `${token}=`,
      `${token}\n`,
      'я',
      'a'.repeat(5_000),
    ]) {
      expect(verifyUnsubscribe(key, wrong)).toBeNull()
    }
    expect(verifyUnsubscribe('x'.repeat(43), token)).toBeNull()
  })
})

it('opens a workspace’s mailbox with its own password only', () => {
  const password = mailboxPassword(key, 'w1')
  expect(mailboxLoginFits(key, 'w1', password)).toBe(true)
  expect(mailboxLoginFits(key, 'w2', password)).toBe(false)
  expect(mailboxLoginFits('x'.repeat(43), 'w1', password)).toBe(false)
  expect(mailboxLoginFits(key, 'w1', '')).toBe(false)
})
