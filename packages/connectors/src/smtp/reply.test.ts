import { describe, expect, it } from 'vitest'
import { classifyReply, type SmtpStage } from './reply.ts'

describe('an SMTP refusal', () => {
  it.each<[string, SmtpStage, string, string, string]>([
    ['421 4.3.2 shutting down', 'mail', 'not_sent', 'connection', 'network'],
    ['421 too many connections', 'connect', 'not_sent', 'connection', 'network'],
    ['450 mailbox busy', 'rcpt', 'not_sent', 'recipient', 'unreachable'],
    ['451 local error', 'data', 'not_sent', 'message', 'network'],
    ['452 4.2.2 over quota', 'rcpt', 'not_sent', 'recipient', 'unreachable'],
    ['454 4.7.0 try later', 'auth', 'throttled', 'connection', 'throttled'],
    ['450 4.7.1 greylisted', 'rcpt', 'throttled', 'recipient', 'throttled'],
    ['450 4.7.1 slow down', 'mail', 'throttled', 'connection', 'throttled'],
    ['530 login first', 'mail', 'not_sent', 'connection', 'auth'],
    ['535 5.7.8 bad password', 'auth', 'not_sent', 'connection', 'auth'],
    ['538 encryption required', 'auth', 'not_sent', 'connection', 'auth'],
    ['550 5.1.1 unknown', 'rcpt', 'rejected', 'recipient', 'invalid_recipient'],
    ['550 5.1.2 bad domain', 'rcpt', 'rejected', 'recipient', 'invalid_recipient'],
    ['556 5.1.10 null mx', 'rcpt', 'rejected', 'recipient', 'invalid_recipient'],
    ['553 bad mailbox', 'rcpt', 'rejected', 'recipient', 'invalid_recipient'],
    ['553 not your address', 'mail', 'not_sent', 'sender', 'sender_unregistered'],
    ['550 5.1.8 bad sender', 'mail', 'not_sent', 'sender', 'sender_unregistered'],
    ['550 5.2.1 disabled', 'rcpt', 'rejected', 'recipient', 'unreachable'],
    ['552 5.2.2 full', 'rcpt', 'rejected', 'recipient', 'unreachable'],
    ['552 too big', 'data', 'rejected', 'message', 'content_rejected'],
    ['552 5.3.4 too big', 'mail', 'rejected', 'message', 'content_rejected'],
    ['554 5.7.1 spam', 'data', 'rejected', 'message', 'content_rejected'],
    ['550 5.7.25 no reverse name', 'rcpt', 'not_sent', 'sender', 'sender_unregistered'],
    ['550 5.7.26 DMARC', 'data', 'not_sent', 'sender', 'sender_unregistered'],
    ['550 go away', 'rcpt', 'rejected', 'recipient', 'unknown'],
    ['550', 'data', 'rejected', 'message', 'unknown'],
    ['554 no service', 'connect', 'not_sent', 'connection', 'network'],
  ])('%s at %s means %s', (reply, stage, outcome, scope, reason) => {
    expect(classifyReply(reply, stage)).toMatchObject({ outcome, scope, reason })
  })

  it('puts the enhanced code before the basic one, unless their classes disagree', () => {
    expect(classifyReply('550 5.2.2 full', 'rcpt')).toMatchObject({
      reason: 'unreachable',
      code: '550 5.2.2',
    })
    expect(classifyReply('450 5.1.1 confused', 'rcpt')).toMatchObject({ outcome: 'not_sent', code: '450' })
  })

  it('waits as long as the server says, at most a day', () => {
    expect(classifyReply('450 4.7.1 try again in 300 seconds', 'rcpt')?.retryAfterMs).toBe(300_000)
    expect(classifyReply('451 4.7.1 Please retry after 5 minutes', 'rcpt')?.retryAfterMs).toBe(300_000)
    expect(classifyReply('451 4.7.1 in 99999 minutes', 'rcpt')?.retryAfterMs).toBe(86_400_000)
    expect(classifyReply('451 4.7.1 later', 'rcpt')?.retryAfterMs).toBe(60_000)
    expect(classifyReply('550 5.1.1 in 300 seconds', 'rcpt')?.retryAfterMs).toBeUndefined()
  })

  it('never repeats what the server wrote, which may name a person', () => {
    expect(JSON.stringify(classifyReply('550 5.1.1 <anna@example.org> unknown', 'rcpt'))).not.toContain(
      'anna',
    )
  })

  it.each(['250 ok', '354 go', 'hello', '', '5501 x', '99 no'])('is not seen in “%s”', (line) => {
    expect(classifyReply(line, 'data')).toBeNull()
  })

  it('is said in both languages', () => {
    const codes = [421, 450, 451, 452, 454, 500, 530, 535, 550, 551, 552, 553, 554]
    const enhanced = [
      '',
      ' 4.2.2',
      ' 4.3.1',
      ' 4.7.1',
      ' 5.1.1',
      ' 5.1.8',
      ' 5.2.1',
      ' 5.3.4',
      ' 5.7.0',
      ' 5.7.1',
      ' 5.7.8',
    ]
    const stages = ['connect', 'auth', 'mail', 'rcpt', 'data'] as const
    const said = stages.flatMap((stage) =>
      codes.flatMap((code) =>
        enhanced.flatMap((more) => classifyReply(`${code}${more}`, stage)?.detail ?? []),
      ),
    )
    expect(said.length).toBeGreaterThan(300)
    for (const { en, ru } of said) {
      expect(en).toMatch(/^[A-Z].*\.$/)
      expect(ru).toMatch(/^[А-Я][^a-z]*(SPF, DKIM или DMARC)?[^a-z]*\.$/)
    }
  })
})
