import { connect } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import type { EmailMessage } from '../email.ts'
import { openSmtp } from '../smtp/connector.ts'
import {
  type MailboxServer,
  type MailboxServerOptions,
  type StoredMail,
  startMailboxServer,
} from './server.ts'

const message = (over: Partial<EmailMessage> = {}): EmailMessage => ({
  key: 'step-1',
  from: { name: 'Лавка «Сова»', address: 'shop@example.com' },
  to: 'anna@example.org',
  subject: 'Ваш заказ № 12 — готов 🦉',
  html: '<p>Здравствуйте, <b>Анна</b></p>',
  text: 'Здравствуйте, Анна\n.точка в начале строки',
  headers: { 'X-Tropa-Test': 'да' },
  unsubscribeUrl: 'https://example.com/u/abc-DEF_123',
  ...over,
})

let server: MailboxServer
const kept: StoredMail[] = []

async function start(over: Partial<MailboxServerOptions> = {}, password = 'right') {
  kept.length = 0
  server = await startMailboxServer({
    host: '127.0.0.1',
    port: 0,
    authenticate: async (user, pass) => (user === 'box' && pass === 'right' ? 'workspace-1' : null),
    store: async (mail) => void kept.push(mail),
    ...over,
  })
  return openSmtp({ host: '127.0.0.1', port: server.port, security: 'none', user: 'box' }, { password })
}

afterEach(() => server.close())

describe('the built-in mailbox', () => {
  it('keeps what the SMTP connector sends, readable and whole', async () => {
    const smtp = await start()
    expect(await smtp.verify()).toEqual({ ok: true })
    expect(await smtp.send(message(), { timeoutMs: 10_000 })).toMatchObject({ outcome: 'accepted' })
    await smtp.close()
    const mail = kept[0]
    expect(mail).toMatchObject({
      workspaceId: 'workspace-1',
      envelope: { from: 'shop@example.com', to: ['anna@example.org'] },
      from: { name: 'Лавка «Сова»', address: 'shop@example.com' },
      to: [{ address: 'anna@example.org' }],
      subject: 'Ваш заказ № 12 — готов 🦉',
    })
    expect(mail?.html).toContain('<b>Анна</b>')
    expect(mail?.text).toContain('\n.точка в начале строки')
    expect(mail?.size).toBe(mail?.raw.length)
    const header = (name: string) => mail?.headers.find((one) => one.name === name)?.value
    expect(header('x-tropa-test')).toBe('да')
    expect(header('list-unsubscribe')).toBe('<https://example.com/u/abc-DEF_123>')
    expect(header('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click')
  })

  it('answers 250 only after the mail is kept', async () => {
    let keep: () => void = () => undefined
    const smtp = await start({ store: () => new Promise<void>((resolve) => (keep = resolve)) })
    let done = false
    const sending = smtp.send(message(), { timeoutMs: 5_000 }).finally(() => (done = true))
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(done).toBe(false)
    keep()
    expect(await sending).toMatchObject({ outcome: 'accepted' })
    await smtp.close()
  })

  it('answers 451 when keeping fails, and the sender may try again', async () => {
    const problems: string[] = []
    const store = async () => Promise.reject(new Error('disk full'))
    const smtp = await start({ store, onProblem: ({ during }) => void problems.push(during) })
    const result = await smtp.send(message(), { timeoutMs: 10_000 })
    expect(result).toMatchObject({ outcome: 'not_sent', code: '451 4.3.0', retryAfterMs: 5_000 })
    expect(problems).toEqual(['store'])
    await smtp.close()
  })

  it('refuses a wrong password, and says so without repeating it', async () => {
    const smtp = await start({}, 'wrong-password')
    const result = await smtp.send(message(), { timeoutMs: 10_000 })
    expect(result).toMatchObject({
      outcome: 'not_sent',
      scope: 'connection',
      reason: 'auth',
      code: '535 5.7.8',
    })
    const verified = await smtp.verify()
    expect(verified).toMatchObject({ ok: false, sentence: { ru: expect.stringContaining('пароль') } })
    expect(JSON.stringify([result, verified])).not.toContain('wrong-password')
    await smtp.close()
  })

  it('puts a login off when the check itself fails', async () => {
    const smtp = await start({ authenticate: async () => Promise.reject(new Error('database down')) })
    expect(await smtp.send(message(), { timeoutMs: 10_000 })).toMatchObject({
      outcome: 'throttled',
      code: '454 4.7.0',
    })
    await smtp.close()
  })

  it('takes no mail without a login', async () => {
    await start()
    const replies = await talk(server.port, ['EHLO x', 'MAIL FROM:<a@example.com>'])
    expect(replies.at(-1)).toMatch(/^530/)
    expect(kept).toHaveLength(0)
  })

  it('takes a mail of the size limit and refuses a larger one', async () => {
    const smtp = await start({ maxBytes: 20_000 })
    expect(await smtp.send(message({ text: 'x'.repeat(10_000) }), { timeoutMs: 10_000 })).toMatchObject({
      outcome: 'accepted',
    })
    const large = await smtp.send(message({ text: 'x'.repeat(40_000) }), { timeoutMs: 10_000 })
    expect(large).toMatchObject({ outcome: 'rejected', reason: 'content_rejected' })
    expect(kept).toHaveLength(1)
    await smtp.close()
  })
})

/** Speaks SMTP line by line and returns the server's replies. */
async function talk(port: number, lines: string[]): Promise<string[]> {
  const socket = connect(port, '127.0.0.1')
  const replies: string[] = []
  let buffer = ''
  return new Promise((resolve, reject) => {
    socket.on('error', reject)
    socket.on('data', (chunk) => {
      buffer += chunk.toString()
      const last = /(?:^|\r\n)(\d{3} [^\r\n]*)\r\n$/.exec(buffer)
      if (!last?.[1]) return
      replies.push(last[1])
      buffer = ''
      const next = lines.shift()
      if (next !== undefined) socket.write(`${next}\r\n`)
      else {
        socket.destroy()
        resolve(replies)
      }
    })
  })
}
