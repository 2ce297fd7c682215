import { pino } from 'pino'
import { expect, it } from 'vitest'
import { Launcher } from './launcher.ts'
import { Outages } from './outages.ts'
import { SendDesk } from './send/desk.ts'
import { Sweeper } from './sweeper.ts'
import { eachTestWith } from './testing/each-test.ts'
import { MailWorld, until } from './testing/index.ts'

let mails: MailWorld

eachTestWith(MailWorld.fresh, (fresh) => {
  mails = fresh
})

/** A sweeper while Temporal is away: only what it does by itself is seen. */
function sweeperWith(desk: SendDesk): Sweeper {
  const outages = new Outages(pino({ level: 'silent' }))
  const { pool } = mails.world
  const launcher = new Launcher({ pool, client: () => null, outages, startDelay: true, concurrency: 1 })
  return new Sweeper({ pool, launcher, desk, outages, everyMs: 600_000, unstartedMs: 0, overdueMs: 0 })
}

const letLeasesRunOut = () =>
  mails.world.rows(`update attempts set lease_until = now() - interval '1 second'`)

it('is not held up by a delivery of this process whose lease ran out while its verdict is waited for', async () => {
  const { id } = await mails.planned()
  Object.assign(mails.deps, { timeoutMs: 10_000, leaseMs: 60_000 })
  mails.smtp.script({ at: 'dot', do: 'accept-late', afterMs: 5_000 })
  const desk = new SendDesk(mails.deps)
  const delivery = desk.deliver(id)
  await until(async () => (await mails.seen(id))?.status === 'attempting')
  await letLeasesRunOut()
  await sweeperWith(desk).sweep()
  expect(await mails.seen(id)).toMatchObject({ status: 'attempting' })
  expect(await delivery).toMatchObject({ done: true })
  expect(await mails.seen(id)).toMatchObject({ status: 'accepted', attempts: ['accepted'] })
})

it('settles an attempt whose process has died as unclear', async () => {
  const { id } = await mails.planned()
  await mails.world.rows(`update messages set status = 'attempting' where id = $1`, [id])
  await mails.world.rows(
    `insert into attempts (message_id, number, workspace_id, lease_until) values ($1, 1, $2, now())`,
    [id, mails.world.workspaceId],
  )
  await letLeasesRunOut()
  await sweeperWith(new SendDesk(mails.deps)).sweep()
  expect(await mails.seen(id)).toEqual({
    status: 'unknown',
    reason: 'outcome_unknown',
    attempts: ['ambiguous'],
  })
})
