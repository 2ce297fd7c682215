import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { afterEach, describe, expect, it } from 'vitest'
import type { EmailMessage } from '../email.ts'
import { openSmtp } from './connector.ts'
import { FakeSmtpServer } from './fake-server.ts'
import { testCertificate } from './test-certificate.ts'

const message: EmailMessage = {
  key: 'k',
  from: { name: '', address: 'shop@example.com' },
  to: 'anna@example.org',
  subject: 's',
  html: '<p>h</p>',
  text: 't',
  headers: {},
  unsubscribeUrl: null,
}

let server: SMTPServer
const seen: { secure: boolean; user: unknown }[] = []

async function start(over: { secure?: boolean }): Promise<number> {
  seen.length = 0
  server = new SMTPServer({
    ...testCertificate,
    ...over,
    disableReverseLookup: true,
    onAuth: (auth, _session, done) => done(null, { user: auth.username }),
    onData(stream, session, done) {
      seen.push({ secure: session.secure, user: session.user })
      stream.resume().on('end', () => done(null))
    },
  })
  server.on('error', () => undefined)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.server.address() as AddressInfo).port
}

const open = (port: number, security: 'starttls' | 'tls', ca?: string) =>
  openSmtp({ host: 'localhost', port, security, user: 'me' }, { password: 'p' }, ca ? { tls: { ca } } : {})

describe.each([
  ['starttls', {}],
  ['tls', { secure: true }],
] as const)('an encrypted session by %s', (security, options) => {
  afterEach(() => new Promise<void>((resolve) => server.close(() => resolve())))

  it('carries login and message encrypted', async () => {
    const smtp = open(await start(options), security, testCertificate.cert)
    expect(await smtp.verify()).toEqual({ ok: true })
    expect(await smtp.send(message, { timeoutMs: 3_000 })).toMatchObject({ outcome: 'accepted' })
    expect(seen).toEqual([{ secure: true, user: 'me' }])
    await smtp.close()
  })

  it('is refused when the certificate is not trusted', async () => {
    const smtp = open(await start(options), security)
    expect(await smtp.send(message, { timeoutMs: 3_000 })).toMatchObject({
      outcome: 'not_sent',
      scope: 'connection',
    })
    expect(await smtp.verify()).toMatchObject({ ok: false })
    expect(seen).toEqual([])
    await smtp.close()
  })
})

it('never falls back to plain text when the server knows no STARTTLS', async () => {
  const fake = await FakeSmtpServer.start({ user: 'me', password: 'p' })
  const smtp = open(fake.port, 'starttls', testCertificate.cert)
  expect(await smtp.send(message, { timeoutMs: 3_000 })).toMatchObject({
    outcome: 'not_sent',
    scope: 'connection',
  })
  expect(fake.ledger).toEqual([])
  await smtp.close()
  await fake.stop()
})
