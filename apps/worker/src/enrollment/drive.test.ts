import { takeEvents } from '@tropa/db/outbox'
import { partitions } from '@tropa/db/partition'
import { inTransaction } from '@tropa/db/statement'
import { kinds } from '@tropa/nodes'
import { expect, it } from 'vitest'
import { routeEvents } from '../router/route.ts'
import { SendDesk } from '../send/desk.ts'
import { eachTestWith } from '../testing/each-test.ts'
import { MailWorld, sketchGraph, until, type World } from '../testing/index.ts'
import { drive } from './drive.ts'

let mails: MailWorld
let world: World

eachTestWith(MailWorld.fresh, (fresh) => {
  mails = fresh
  world = fresh.world
})

/** Somebody whose pause before two emails in a row is over. */
async function rested(): Promise<string> {
  const mail = { template: world.templateId, messageClass: 'marketing', topic: '', ifUnknown: 'skip' }
  await world.publish(
    sketchGraph({
      start: { kind: 'event_entry', config: { event: 'order' }, next: { next: 'pause' } },
      pause: { kind: 'wait', config: { for: '1s' }, next: { next: 'first' } },
      first: { kind: 'send_email', config: mail, next: { sent: 'second' } },
      second: { kind: 'send_email', config: mail },
    }),
  )
  const customer = await world.addCustomer()
  await world.emit(customer, { name: 'order', at: Date.now() - 5_000 })
  await inTransaction(world.pool, async (tx) =>
    routeEvents(
      { plans: mails.deps.plans, kinds, legsInRouter: true },
      tx,
      await takeEvents(tx, partitions, 10),
    ),
  )
  const enrollment = (await world.enrollments()).find(({ customerId }) => customerId === customer)
  await new Promise((resolve) => setTimeout(resolve, 1_050))
  return enrollment?.id ?? ''
}

const deps = (desk = new SendDesk(mails.deps)) => ({
  plans: mails.deps.plans,
  kinds,
  commits: world.commits,
  desk,
  inlineMs: 10_000,
})

/** The attempts under way: of which visit, and whether they were written together with the leg that planned it. */
const underWay = () =>
  world.rows<{ seq: number; together: boolean }>(
    `select m.seq, m.xmin = e.xmin as together from messages m join enrollments e on e.id = m.enrollment_id
     where m.status = 'attempting'`,
  )

const statuses = async (id: string) =>
  (
    await world.rows<{ status: string }>(
      'select status from messages where enrollment_id = $1 order by seq',
      [id],
    )
  ).map(({ status }) => status)

it('a delivery begins in the transaction that plans its message, whatever that comes from', async () => {
  mails.deps.quickTemplates.add(world.templateId)
  const id = await rested()
  mails.deps.timeoutMs = 10_000
  for (let mail = 0; mail < 2; mail += 1) mails.smtp.script({ at: 'dot', do: 'accept-late', afterMs: 1_500 })
  const driving = drive(deps(), id)
  const seen = new Map<number, boolean>()
  await until(async () => {
    for (const { seq, together } of await underWay()) seen.set(seq, together)
    return seen.size === 2
  })
  expect([...seen.values()]).toEqual([true, true])
  expect(await driving).toEqual({ do: 'end' })
  expect(mails.smtp.ledger).toHaveLength(2)
})

it('what keeps a delivery from beginning does not keep the leg from being written', async () => {
  const id = await rested()
  class Stumbling extends SendDesk {
    override get begin(): SendDesk['begin'] {
      return () => Promise.reject(new Error('no delivery begins'))
    }
  }
  expect(await drive(deps(new Stumbling(mails.deps)), id)).toEqual({ do: 'end' })
  expect(await world.path(id)).toEqual(['start:next', 'pause:next', 'first:sent', 'second:sent'])
  expect(mails.smtp.ledger).toHaveLength(2)
})

it('two that move somebody at once make each delivery once', async () => {
  const id = await rested()
  mails.deps.quickTemplates.add(world.templateId)
  const shared = deps()
  mails.smtp.script({ at: 'dot', do: 'accept-late', afterMs: 300 })
  const first = drive(shared, id)
  await until(async () => (await underWay()).length > 0)
  await Promise.all([first, drive(shared, id), drive(shared, id)])
  await until(async () => (await world.path(id)).includes('second:sent'))
  expect(mails.smtp.ledger).toHaveLength(2)
})

it('a delivery that outlasts its budget leaves the next message to others', async () => {
  const id = await rested()
  mails.deps.quickTemplates.add(world.templateId)
  mails.smtp.script({ at: 'dot', do: 'accept-late', afterMs: 3_000 })
  const shared = deps(new SendDesk({ ...mails.deps, verdictMs: 10_000, leaseMs: 20_000 }))
  expect(await drive({ ...shared, inlineMs: 1_500 }, id)).toMatchObject({ do: 'send' })
  await shared.desk.drained()
  expect(await statuses(id)).toEqual(['accepted', 'planned'])
  expect(await drive(shared, id)).toEqual({ do: 'end' })
  expect(mails.smtp.ledger).toHaveLength(2)
})

it('a delivery that begins while the budget of the one before runs out is made all the same', async () => {
  const id = await rested()
  mails.deps.quickTemplates.add(world.templateId)
  class Slow extends SendDesk {
    private asked = 0
    override get begin(): SendDesk['begin'] {
      const begin = super.begin
      this.asked += 1
      const pauseMs = this.asked === 2 ? 4_000 : 0
      return async (...given) => {
        const opened = await begin?.(...given)
        await new Promise((resolve) => setTimeout(resolve, pauseMs))
        return opened ?? { done: true }
      }
    }
  }
  expect(await drive({ ...deps(new Slow(mails.deps)), inlineMs: 3_000 }, id)).toMatchObject({ do: 'send' })
  await until(async () => mails.smtp.ledger.length === 2)
  await until(async () => (await statuses(id)).every((status) => status === 'accepted'))
})
