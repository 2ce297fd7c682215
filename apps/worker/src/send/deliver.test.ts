import { FakeSmtpServer } from '@tropa/connectors/fake-smtp'
import { inTransaction } from '@tropa/db/statement'
import { kinds } from '@tropa/nodes'
import { describe, expect, it, vi } from 'vitest'
import { runLegAlone } from '../enrollment/leg.ts'
import { eachTestWith } from '../testing/each-test.ts'
import { MailWorld, type World } from '../testing/index.ts'
import { deliver, type MoveOn } from './deliver.ts'

let mails: MailWorld
let world: World

eachTestWith(MailWorld.fresh, (fresh) => {
  mails = fresh
  world = fresh.world
})

describe('one delivery', () => {
  it('is made once although many ask for it at the same time', async () => {
    const { id, enrollment } = await mails.planned()
    await Promise.all(Array.from({ length: 6 }, () => deliver(mails.deps, id)))
    await mails.deliverToTheEnd(id)
    expect(await mails.seen(id)).toEqual({ status: 'accepted', reason: null, attempts: ['accepted'] })
    expect(mails.smtp.ledger).toHaveLength(1)
    expect(mails.smtp.ledger[0]?.raw).toMatch(/List-Unsubscribe: <http:\/\/tropa\.example\/u\//)
    expect(await mails.outcomeOf(enrollment)).toBe('good:-')
  })

  it('fails for good when the server refuses it, and the address is remembered', async () => {
    const { id, enrollment } = await mails.planned({}, { email: 'Gone@Example.test' })
    mails.smtp.script({ at: 'rcpt', do: 'reply', reply: '550 5.1.1 no such user' })
    await deliver(mails.deps, id)
    expect(await mails.seen(id)).toEqual({
      status: 'rejected',
      reason: 'provider_rejected',
      attempts: ['rejected'],
    })
    expect(await mails.outcomeOf(enrollment)).toBe('ugly:-')
    expect(
      await world.rows('select address, reason from suppressions where workspace_id = $1', [
        world.workspaceId,
      ]),
    ).toEqual([{ address: 'gone@example.test', reason: 'invalid_recipient' }])
  })

  it('is tried again after a temporary refusal', async () => {
    const { id } = await mails.planned()
    mails.smtp.script({ at: 'rcpt', do: 'reply', reply: '450 4.2.1 mailbox busy' })
    expect(await deliver(mails.deps, id)).toMatchObject({ done: false })
    expect(await deliver(mails.deps, id)).toMatchObject({ done: false })
    expect(mails.smtp.unfired()).toEqual([])
    await mails.deliverToTheEnd(id)
    expect((await mails.seen(id))?.status).toBe('accepted')
    expect((await mails.seen(id))?.attempts).toHaveLength(2)
    expect(mails.smtp.ledger).toHaveLength(1)
  })

  it.each([
    ['skip', 'unknown', 1],
    ['hold', 'held', 1],
    ['resend', 'accepted', 2],
  ] as const)(
    'with policy %s ends as %s when the answer is lost after the server took it',
    async (ifUnknown, status, sent) => {
      const { id } = await mails.planned({ ifUnknown })
      mails.smtp.script({ at: 'dot', do: 'accept-then-cut' })
      await mails.deliverToTheEnd(id)
      expect(await mails.seen(id)).toMatchObject({ status })
      expect(mails.smtp.ledger).toHaveLength(sent)
      expect(mails.smtp.unfired()).toEqual([])
    },
  )

  it('counts as unknown, never as unsent, when its process died', async () => {
    const { id, enrollment } = await mails.planned()
    await world.rows(
      `insert into attempts (message_id, number, workspace_id, lease_until) values ($1, 1, $2, now() + interval '1 s')`,
      [id, world.workspaceId],
    )
    await world.rows(`update messages set status = 'attempting' where id = $1`, [id])
    expect(await deliver(mails.deps, id)).toMatchObject({ done: false })
    await world.rows(`update attempts set lease_until = now() - interval '1 s'`)
    expect(await deliver(mails.deps, id)).toEqual({ done: true })
    expect(await mails.seen(id)).toEqual({
      status: 'unknown',
      reason: 'outcome_unknown',
      attempts: ['ambiguous'],
    })
    expect(await mails.outcomeOf(enrollment)).toBe('ugly:-')
    expect(mails.smtp.ledger).toHaveLength(0)
  })

  it('that was held goes out, or is given up, as a member decides', async () => {
    for (const [decision, status] of [
      ['resend', 'planned'],
      ['give_up', 'rejected'],
    ] as const) {
      const { id, enrollment } = await mails.planned({ ifUnknown: 'hold' })
      mails.smtp.script({ at: 'dot', do: 'accept-then-cut' })
      await mails.deliverToTheEnd(id)
      await world.rows(
        `insert into requests (workspace_id, enrollment_id, kind, seq, message_id, decision, member_id, reason)
         values ($1, $2, 'release', 2, $3, $4, 'm', 'why')`,
        [world.workspaceId, enrollment, id, decision],
      )
      await mails.outcomeOf(enrollment)
      expect((await mails.seen(id))?.status).toBe(status)
    }
  })

  it('waits while the connection is broken, and the connection says so until it works again', async () => {
    const { id } = await mails.planned()
    const { port } = mails.smtp
    await mails.smtp.stop()
    expect(await deliver(mails.deps, id)).toMatchObject({ done: false })
    const broken = () =>
      world.rows('select broken_since is not null as broken from connections where id = $1', [
        world.connectionId,
      ])
    expect(await broken()).toEqual([{ broken: true }])
    mails.smtp = await FakeSmtpServer.start({}, port)
    await world.rows(`update messages set retry_at = null where id = $1`, [id])
    expect(await deliver(mails.deps, id)).toMatchObject({ done: false })
    await world.rows(`update connections set broken_since = now() - interval '1 minute'`)
    await mails.deliverToTheEnd(id)
    expect(await mails.seen(id)).toMatchObject({ status: 'accepted', attempts: ['not_sent', 'accepted'] })
    expect(await broken()).toEqual([{ broken: false }])
  })
  it('is settled in the transaction that moves the enrollment on, and kept when that fails', async () => {
    const { plans, pool, commits } = mails.deps
    const legs = { plans, kinds }
    const moved = await mails.planned()
    const moveOn: MoveOn = (before) => runLegAlone(legs, commits, moved.enrollment, { before })
    expect(await deliver(mails.deps, moved.id, moveOn)).toMatchObject({
      done: true,
      moved: { next: { do: 'end' } },
    })
    expect(await world.path(moved.enrollment)).toEqual(['start:next', 'mail:sent', 'good:-'])
    const stuck = await mails.planned()
    const failing: MoveOn = (settle) =>
      inTransaction(pool, async (tx) => {
        await settle(tx)
        throw new Error('the leg fails')
      })
    expect(await deliver(mails.deps, stuck.id, failing)).toEqual({ done: true })
    expect(await mails.seen(stuck.id)).toMatchObject({ status: 'accepted', attempts: ['accepted'] })
    expect(await mails.outcomeOf(stuck.enrollment)).toBe('good:-')
  })

  it('fills a template that was quick before under the locks; one that cannot be filled is not quick', async () => {
    const [first, second] = [await mails.planned(), await mails.planned()]
    expect(mails.deps.quickTemplates.size).toBe(0)
    await deliver(mails.deps, first.id)
    mails.deps.quickTemplates.add(world.templateId)
    await deliver(mails.deps, second.id)
    expect(await mails.seen(second.id)).toMatchObject({ status: 'accepted', attempts: ['accepted'] })
    const broken = await mails.planned({
      template: await world.addTemplate('Hi {{ customer.first_name }}', '<p>Hello</p>'),
    })
    await deliver(mails.deps, broken.id)
    expect([...mails.deps.quickTemplates]).toEqual([world.templateId])
  })

  it('lets the locks go when a template that was quick before is slow this time', async () => {
    const template = await world.addTemplate('Hi', '<p>{% for i in (1..9000) %}{{ i }}{% endfor %}</p>')
    const deps = { ...mails.deps, quickTemplates: new Set([template]), quickMs: 1 }
    const opening = vi.spyOn(deps.commits, 'run')
    const preparing = vi.spyOn(deps.connections, 'take')
    const { id } = await mails.planned({ template })
    await deliver(deps, id)
    expect(opening).toHaveBeenCalledTimes(2)
    expect(preparing, 'its content is made but once').toHaveBeenCalledTimes(1)
    expect(deps.quickTemplates.size).toBe(0)
    expect(await mails.seen(id)).toMatchObject({ status: 'accepted', attempts: ['accepted'] })
  })
})
