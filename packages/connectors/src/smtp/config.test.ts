import { describe, expect, it } from 'vitest'
import { isPublicAddress } from './address.ts'
import { parseSmtpUrl } from './config.ts'
import { openSmtp } from './connector.ts'

describe('an SMTP address', () => {
  it.each([
    [
      'smtp://u%40x:p%2Fw@mail.test',
      { host: 'mail.test', port: 587, security: 'starttls', user: 'u@x' },
      'p/w',
    ],
    ['smtps://mail.test', { host: 'mail.test', port: 465, security: 'tls', user: '' }, undefined],
    ['smtp://127.0.0.1:2525', { host: '127.0.0.1', port: 2525, security: 'none' }, undefined],
    ['smtp://127.0.0.1:2525?tls=starttls', { security: 'starttls' }, undefined],
    [
      'smtp://relay.test:25?tls=none&from=a@b.test&name=Shop',
      { security: 'none', fromAddress: 'a@b.test', fromName: 'Shop' },
      undefined,
    ],
    ['smtp://[::1]:25', { host: '::1', security: 'none' }, undefined],
  ])('%s is taken apart', (url, config, password) => {
    const parsed = parseSmtpUrl(url)
    expect(parsed.config).toMatchObject(config)
    expect(parsed.secrets.password).toBe(password)
  })

  it.each([
    'mail.test',
    'http://mail.test',
    'smtp://',
    'smtp://h?tls=maybe',
    'smtp://h:0',
    'smtp://h?from=nobody',
  ])('%s is refused with a sentence that hides the password', (url) => {
    expect(() => parseSmtpUrl(url)).toThrow(/^SMTP_URL/)
  })
})

describe('a public address', () => {
  it.each(['8.8.8.8', '1.1.1.1', '2606:4700::1111', '100.63.255.255', '172.32.0.1'])(
    '%s may be dialled',
    (address) => {
      expect(isPublicAddress(address)).toBe(true)
    },
  )

  it.each([
    ...[
      '127.0.0.1',
      '10.1.2.3',
      '172.16.0.1',
      '192.168.1.1',
      '169.254.169.254',
      '100.64.0.1',
      '0.0.0.0',
      '224.0.0.1',
    ],
    ...[
      '255.255.255.255',
      '::1',
      '::',
      'fe80::1',
      'fc00::1',
      '::ffff:8.8.8.8',
      '64:ff9b::808:808',
      '2002:7f00:1::',
    ],
    '2001:db8::1',
  ])('%s may not', (address) => {
    expect(isPublicAddress(address)).toBe(false)
  })

  it('is demanded of hosts that members type', async () => {
    const config = { host: 'localhost', port: 25, security: 'none', user: '' } as const
    const smtp = openSmtp(config, {}, { reach: 'public' })
    expect(await smtp.verify()).toMatchObject({
      ok: false,
      sentence: { en: expect.stringContaining('private address') },
    })
  })
})
