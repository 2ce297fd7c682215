import PostalMime from 'postal-mime'
import { describe, expect, it } from 'vitest'
import type { EmailMessage } from '../email.ts'
import { composeMessage, messageIdOf } from './mime.ts'

const message = (over: Partial<EmailMessage> = {}): EmailMessage => ({
  key: 'e/n/1',
  from: { name: 'Shop', address: 'shop@example.com' },
  to: 'anna@example.org',
  subject: 'Hi',
  html: '<p>Hi</p>',
  text: 'Hi',
  headers: {},
  unsubscribeUrl: null,
  ...over,
})

const composed = async (over: Partial<EmailMessage>) =>
  (await composeMessage(message(over))).bytes.toString('latin1')

describe('a composed message', () => {
  it('has one Message-ID per step key, which does not show the key', () => {
    expect(messageIdOf('a', 'x@b.test')).toBe(messageIdOf('a', 'y@b.test'))
    expect(messageIdOf('a', 'x@b.test')).not.toBe(messageIdOf('b', 'x@b.test'))
    expect(messageIdOf('customer-7', 'x@b.test')).not.toContain('customer')
  })

  it('lets no line break into a header', async () => {
    const evil = 'x\r\nBcc: evil@example.com\u2028\u0000y'
    const raw = await composed({ subject: evil, from: { name: evil, address: 'shop@example.com' } })
    const mail = await PostalMime.parse(raw)
    expect(mail.headers.map((header) => header.key)).not.toContain('bcc')
    expect(mail.subject).toBe('x Bcc: evil@example.com y')
    await expect(composed({ headers: { 'X-A': evil } })).rejects.toThrow('line break')
    await expect(composed({ headers: { 'X-A\r\nBcc': 'x' } })).rejects.toThrow('header name')
    await expect(composed({ unsubscribeUrl: `https://x.test/\r\nBcc: a@b.test` })).rejects.toThrow(
      'unsubscribe',
    )
  })

  it.each(['From', 'bcc', 'Content-Type', 'list-unsubscribe', 'Message-ID'])(
    'keeps its own %s header',
    async (name) => {
      await expect(composed({ headers: { [name]: 'x' } })).rejects.toThrow('not allowed')
    },
  )

  it.each([
    'anna',
    '@example.org',
    'anna@',
    'anna@example.org, eve@example.org',
    'anna@example.org>\r\nRCPT TO:<eve@example.org',
    'anna <anna@example.org>',
    'a b@example.org',
    '.anna@example.org',
    'an..na@example.org',
    `${'a'.repeat(65)}@example.org`,
    `anna@${'a.'.repeat(130)}org`,
  ])('is not made for “%s”', async (to) => {
    await expect(composed({ to })).rejects.toThrow('recipient address')
  })

  it.each([`${'a'.repeat(64)}@example.org`, "o'brien+tag@example.org", 'анна@пример.рф', 'anna@localhost'])(
    'is made for %s',
    async (to) => {
      expect((await composeMessage(message({ to }))).to).toContain('@')
    },
  )

  it('writes an international domain in its ASCII form', async () => {
    expect((await composeMessage(message({ to: 'anna@пример.рф' }))).to).toBe('anna@xn--e1afmkfd.xn--p1ai')
  })

  it('keeps a long unsubscribe address on one line, whole', async () => {
    const unsubscribeUrl = `https://example.com/u/${'a'.repeat(400)}`
    expect(await composed({ unsubscribeUrl })).toContain(`List-Unsubscribe: <${unsubscribeUrl}>\r\n`)
  })

  it('has no line longer than 998 octets and only CRLF line ends', async () => {
    const raw = await composed({
      html: `<p>${'длинно'.repeat(2_000)}</p>`,
      text: 'x'.repeat(5_000),
      subject: 'т'.repeat(900),
    })
    expect(raw.replace(/\r\n/g, '')).not.toMatch(/[\r\n]/)
    expect(Math.max(...raw.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(998)
  })
})
