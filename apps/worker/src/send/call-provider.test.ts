import { Writable } from 'node:stream'
import { FakeSmtpServer } from '@tropa/connectors/fake-smtp'
import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { Outages } from '../outages.ts'
import { eachTestWith } from '../testing/each-test.ts'
import { MailWorld, until, type World } from '../testing/index.ts'
import { deliver } from './deliver.ts'

let mails: MailWorld
let world: World
let lines: Record<string, unknown>[]

eachTestWith(MailWorld.fresh, (fresh) => {
  mails = fresh
  world = fresh.world
  lines = []
  const sink = new Writable({
    write(chunk, _encoding, done) {
      lines.push(JSON.parse(String(chunk)))
      done()
    },
  })
  mails.deps.outages = new Outages(pino(sink), 50)
})

describe('the log', () => {
  it('says once that a mail server went away and once that it is back, and nothing of who was written to', async () => {
    const gone: { id: string }[] = []
    for (const n of [1, 2, 3]) gone.push(await mails.planned({}, { email: `canary-${n}@example.test` }))
    const { port } = mails.smtp
    await mails.smtp.stop()
    for (const { id } of gone) await deliver(mails.deps, id)
    const during = `mail server of connection ${world.connectionId}`
    expect(lines).toMatchObject([{ level: 50, during, error: 'network', workspaceId: world.workspaceId }])
    mails.smtp = await FakeSmtpServer.start({}, port)
    await world.rows(`update connections set broken_since = now() - interval '1 minute'`)
    await world.rows('update messages set retry_at = null')
    for (const { id } of gone) await mails.deliverToTheEnd(id)
    await until(async () => lines.length > 1)
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(lines).toHaveLength(2)
    expect(lines[1]).toMatchObject({ level: 30, during, failures: 1, msg: 'works again' })
    expect(JSON.stringify(lines)).not.toMatch(/canary|example\.(test|com)|Hello/)
  })

  it('is silent about a refusal that concerns one recipient', async () => {
    const { id } = await mails.planned()
    mails.smtp.script({ at: 'rcpt', do: 'reply', reply: '550 5.1.1 no such user' })
    await deliver(mails.deps, id)
    expect(lines).toEqual([])
  })
})

describe('a verdict that takes longer than the lease', () => {
  it('is waited for, and nobody takes the attempt for a dead one meanwhile', async () => {
    const { id } = await mails.planned({ ifUnknown: 'resend' })
    Object.assign(mails.deps, { timeoutMs: 1_000, verdictMs: 10_000, leaseMs: 900 })
    mails.smtp.script({ at: 'dot', do: 'accept-late', afterMs: 3_000 })
    const delivery = deliver(mails.deps, id)
    await until(async () => (await mails.seen(id))?.status === 'attempting')
    const states = new Set<string>()
    await until(async () => {
      await deliver(mails.deps, id)
      const { status = '' } = (await mails.seen(id)) ?? {}
      states.add(status)
      return status === 'accepted'
    })
    expect([...states]).toEqual(['attempting', 'accepted'])
    expect(await delivery).toMatchObject({ done: true })
    expect(await mails.seen(id)).toEqual({ status: 'accepted', reason: null, attempts: ['accepted'] })
    expect(mails.smtp.ledger).toHaveLength(1)
  })
})
