import { afterEach, describe, expect, it, vi } from 'vitest'
import type { EmailConnector, EmailMessage } from '../email.ts'
import { openSmtp } from './connector.ts'
import { FakeSmtpServer, type Fault } from './fake-server.ts'

vi.setConfig({ testTimeout: 30_000 })

const message = (over: Partial<EmailMessage> = {}): EmailMessage => ({
  key: 'enrollment-1/send-1/1',
  from: { name: 'Магазин', address: 'shop@example.com' },
  to: 'anna@example.org',
  subject: 'Спасибо за заказ',
  html: '<p>Спасибо!</p>',
  text: 'Спасибо!',
  headers: {},
  unsubscribeUrl: 'https://example.com/u/token',
  ...over,
})

let fake: FakeSmtpServer
let connector: EmailConnector

async function start(options = {}, timeoutMs = 10_000) {
  fake = await FakeSmtpServer.start(options)
  connector = openSmtp(
    { host: '127.0.0.1', port: fake.port, security: 'none', user: '' },
    {},
    { maxSessions: 2 },
  )
  return (over: Partial<EmailMessage> = {}, ms = timeoutMs) =>
    connector.send(message(over), { timeoutMs: ms })
}

afterEach(async () => {
  expect(fake.unfired()).toEqual([])
  await connector.close()
  await fake.stop()
})

describe.each([{ pipelining: true }, { pipelining: false }])(
  'an SMTP server ($pipelining pipelining)',
  (server) => {
    it('gets one message for one send, with the Message-ID of the step key', async () => {
      const send = await start(server)
      expect(await send()).toMatchObject({ outcome: 'accepted', providerId: 'F1' })
      expect(fake.ledger).toHaveLength(1)
      expect(fake.ledger[0]).toMatchObject({ from: 'shop@example.com', to: ['anna@example.org'] })
      expect(fake.ledger[0]?.messageId).toMatch(/^<[\w-]{43}@example\.com>$/)
    })

    it.each<[string, Fault, object]>([
      [
        'nobody there',
        { at: 'rcpt', do: 'reply', reply: '550 5.1.1 no such user' },
        { outcome: 'rejected', scope: 'recipient', reason: 'invalid_recipient', code: '550 5.1.1' },
      ],
      [
        'a bare 550',
        { at: 'rcpt', do: 'reply', reply: '550 no' },
        { outcome: 'rejected', reason: 'unknown', code: '550' },
      ],
      [
        'a full mailbox',
        { at: 'rcpt', do: 'reply', reply: '552 5.2.2 over quota' },
        { outcome: 'rejected', reason: 'unreachable' },
      ],
      [
        'greylisting',
        { at: 'rcpt', do: 'reply', reply: '451 4.7.1 come back in 300 seconds' },
        { outcome: 'throttled', reason: 'throttled', retryAfterMs: 300_000 },
      ],
      [
        'an unknown sender',
        { at: 'mail', do: 'reply', reply: '553 not yours' },
        { outcome: 'not_sent', scope: 'sender', reason: 'sender_unregistered' },
      ],
      [
        'a failed DMARC',
        { at: 'dot', do: 'reply', reply: '550 5.7.26 unauthenticated' },
        { outcome: 'not_sent', scope: 'sender', reason: 'sender_unregistered' },
      ],
      [
        'a spam verdict',
        { at: 'dot', do: 'reply', reply: '554 5.7.1 spam' },
        { outcome: 'rejected', scope: 'message', reason: 'content_rejected' },
      ],
      [
        'a deferral at the end',
        { at: 'dot', do: 'reply', reply: '451 4.3.0 queue full' },
        { outcome: 'not_sent', scope: 'connection', reason: 'network' },
      ],
      [
        'a server going down',
        { at: 'mail', do: 'reply', reply: '421 4.3.2 shutting down' },
        { outcome: 'not_sent', scope: 'connection' },
      ],
      [
        'a refused session',
        { at: 'greeting', do: 'reply', reply: '554 no service' },
        { outcome: 'not_sent', scope: 'connection', reason: 'network' },
      ],
      [
        'a cut before the greeting',
        { at: 'greeting', do: 'cut' },
        { outcome: 'not_sent', scope: 'connection', reason: 'network' },
      ],
      ['a cut at MAIL', { at: 'mail', do: 'cut' }, { outcome: 'not_sent', reason: 'network' }],
      ['a cut at DATA', { at: 'data', do: 'cut' }, { outcome: 'not_sent', reason: 'network' }],
      [
        'a cut at the dot',
        { at: 'dot', do: 'cut' },
        { outcome: 'ambiguous', scope: 'message', reason: 'network' },
      ],
    ])('with %s gets nothing, and the result says what it means', async (_name, fault, expected) => {
      const send = await start(server)
      fake.script(fault)
      expect(await send()).toMatchObject(expected)
      expect(fake.ledger).toHaveLength(0)
    })

    it.each(['greeting', 'mail', 'rcpt', 'data'] as const)(
      'that hangs at %s has surely not taken the message',
      async (at) => {
        const send = await start(server, 900)
        fake.script({ at, do: 'hang' })
        expect(await send()).toMatchObject({ outcome: 'not_sent', scope: 'connection', reason: 'network' })
        expect(fake.ledger).toHaveLength(0)
      },
    )

    it.each(['accept-then-cut', 'accept-then-hang'] as const)(
      'that does %s leaves one message and an ambiguous result',
      async (what) => {
        const send = await start(server, 900)
        fake.script({ at: 'dot', do: what })
        expect(await send()).toMatchObject({ outcome: 'ambiguous', scope: 'message' })
        expect(fake.ledger).toHaveLength(1)
      },
    )

    it('that is slow with its verdict is waited for when the budget says so', async () => {
      await start(server)
      fake.script(
        { at: 'dot', do: 'accept-late', afterMs: 1_500 },
        { at: 'dot', do: 'accept-late', afterMs: 1_500 },
      )
      expect(await connector.send(message(), { timeoutMs: 800, verdictMs: 10_000 })).toMatchObject({
        outcome: 'accepted',
      })
      expect(await connector.send(message(), { timeoutMs: 800 })).toMatchObject({ outcome: 'ambiguous' })
      expect(fake.ledger).toHaveLength(2)
    })

    it('that stops reading a large message midway has surely not taken it', async () => {
      const send = await start(server, 7_000)
      fake.script({ at: 'body', do: 'hang' })
      const html = `<p>${'x'.repeat(12_000_000)}</p>`
      expect(await send({ html })).toMatchObject({ outcome: 'not_sent', reason: 'network' })
      expect(fake.ledger).toHaveLength(0)
    })

    it('carries the next message over the same session after a refusal', async () => {
      const send = await start(server)
      fake.script({ at: 'rcpt', do: 'reply', reply: '550 5.1.1 no such user' })
      await send()
      expect(await send({ key: 'k2' })).toMatchObject({ outcome: 'accepted' })
      expect(fake.sessions).toBe(1)
    })
  },
)

describe('a kept session', () => {
  it('dropped by the server meanwhile costs no attempt', async () => {
    const send = await start()
    await send()
    fake.cutSessions()
    expect(await send({ key: 'k2' })).toMatchObject({ outcome: 'accepted' })
    expect(fake.ledger).toHaveLength(2)
  })

  it('cut by the server at MAIL is replaced once, and the message goes once', async () => {
    const send = await start()
    await send()
    fake.script({ at: 'mail', do: 'cut' })
    expect(await send({ key: 'k2' })).toMatchObject({ outcome: 'accepted' })
    expect(fake.ledger).toHaveLength(2)
    expect(fake.sessions).toBe(2)
  })

  it('cut after the dot is never tried again', async () => {
    const send = await start()
    await send()
    fake.script({ at: 'dot', do: 'accept-then-cut' })
    expect(await send({ key: 'k2' })).toMatchObject({ outcome: 'ambiguous' })
    expect(fake.ledger).toHaveLength(2)
  })
})

describe('a server that goes away', () => {
  it('costs no message: what is tried meanwhile is surely not sent, and goes when it is back', async () => {
    const send = await start()
    const { port } = fake
    expect(await send({ key: 'k1' })).toMatchObject({ outcome: 'accepted' })
    await fake.stop()
    const meanwhile = await Promise.all(['k2', 'k3', 'k4'].map((key) => send({ key })))
    for (const result of meanwhile) {
      expect(result).toMatchObject({ outcome: 'not_sent', scope: 'connection', reason: 'network' })
    }
    fake = await FakeSmtpServer.start({}, port)
    expect(await send({ key: 'k2' })).toMatchObject({ outcome: 'accepted' })
    expect(fake.ledger).toHaveLength(1)
  })

  it('without a word is known long before the attempt’s time is over', async () => {
    fake = await FakeSmtpServer.start()
    const config = { host: '127.0.0.1', port: fake.port, security: 'none', user: '' } as const
    connector = openSmtp(config, {}, { patience: { greetingMs: 300 } })
    fake.script({ at: 'greeting', do: 'hang' })
    const startedAt = Date.now()
    const result = await connector.send(message(), { timeoutMs: 20_000, verdictMs: 20_000 })
    expect(result).toMatchObject({ outcome: 'not_sent', scope: 'connection', reason: 'network' })
    expect(Date.now() - startedAt).toBeLessThan(5_000)
  })

  it('during the login has surely not taken the message', async () => {
    fake = await FakeSmtpServer.start({ user: 'me', password: 'p' })
    const config = { host: '127.0.0.1', port: fake.port, security: 'none', user: 'me' } as const
    connector = openSmtp(config, { password: 'p' })
    fake.script({ at: 'auth', do: 'hang' })
    const startedAt = Date.now()
    const result = await connector.send(message(), { timeoutMs: 1_000, verdictMs: 20_000 })
    expect(result).toMatchObject({ outcome: 'not_sent', scope: 'connection', reason: 'network' })
    expect(Date.now() - startedAt).toBeLessThan(5_000)
  })

  it('and refuses a login it accepted before, says so and takes mail again later', async () => {
    fake = await FakeSmtpServer.start({ user: 'me', password: 'p' })
    const config = { host: '127.0.0.1', port: fake.port, security: 'none', user: 'me' } as const
    connector = openSmtp(config, { password: 'p' })
    fake.script({ at: 'auth', do: 'reply', reply: '535 5.7.8 no' })
    const send = () => connector.send(message(), { timeoutMs: 10_000 })
    expect(await send()).toMatchObject({ outcome: 'not_sent', scope: 'connection', reason: 'auth' })
    expect(await send()).toMatchObject({ outcome: 'accepted' })
    expect(fake.ledger).toHaveLength(1)
  })
})

describe('the pool', () => {
  it('sends 200 messages at once over two sessions, each exactly once', async () => {
    const send = await start({}, 20_000)
    const results = await Promise.all(Array.from({ length: 200 }, (_, at) => send({ key: `k${at}` })))
    expect(results.every((result) => result.outcome === 'accepted')).toBe(true)
    expect(new Set(fake.ledger.map((entry) => entry.messageId)).size).toBe(200)
    expect(fake.ledger).toHaveLength(200)
    expect(fake.sessions).toBeLessThanOrEqual(4)
  })

  it('lets a message that finds no free session in time end as not sent', async () => {
    const send = await start({}, 600)
    fake.script({ at: 'data', do: 'hang' }, { at: 'data', do: 'hang' })
    const [first, second, third] = await Promise.all([send(), send({ key: 'k2' }), send({ key: 'k3' }, 200)])
    for (const result of [first, second])
      expect(result).toMatchObject({ outcome: 'not_sent', scope: 'connection', reason: 'network' })
    expect(third).toMatchObject({ outcome: 'not_sent', scope: 'message', reason: 'network' })
  })

  it('finishes the message in flight when closed, and refuses the next', async () => {
    const send = await start()
    const inFlight = send()
    await connector.close()
    expect(await inFlight).toMatchObject({ outcome: 'accepted' })
    expect(await send({ key: 'k2' })).toMatchObject({ outcome: 'not_sent', scope: 'connection' })
  })
})
