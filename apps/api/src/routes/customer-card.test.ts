import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { withApp } from '../testing/with-app.ts'
import { type AppUnderTest, workspace } from '../testing.ts'

let api: AppUnderTest

withApp((opened) => {
  api = opened
})

async function shop() {
  const { id: ws, members, at } = await workspace(api)
  const { pool } = api.deps
  const { id: customer } = (
    await members.owner.call('POST', at('/customers'), {
      identifiers: [{ type: 'external_id', value: 'ann' }],
    })
  ).body
  const journey = await pool.query(
    `insert into journeys (workspace_id, name, draft) values ($1, 'Second order', '{}') returning id`,
    [ws],
  )
  const journeyId = journey.rows[0].id
  const version = await pool.query(
    `insert into versions (workspace_id, journey_id, number, graph, plan, plan_hash)
     values ($1, $2, 1, '{"nodes":[],"edges":[]}', '{}', '') returning id`,
    [ws, journeyId],
  )
  /** Enters on a day of January; with a reason it ends on the first of February, unless told another day. */
  const enter = async (
    day: number,
    status: string,
    reason: string | null,
    { label = null, endsOn = '2026-02-01Z' }: { label?: string | null; endsOn?: string } = {},
  ) => {
    const id = randomUUID()
    await pool.query(
      `insert into enrollments (id, workspace_id, journey_id, version_id, customer_id, entry_key, entry_node,
         entry_event_id, state, salt, head_hash, entered_at, ended_at, status, end_reason, end_label)
       values ($1, $2, $3, $4, $5, $6, 'n', 1, '{}', '', '', make_date(2026, 1, $7), $8, $9, $10, $11)`,
      [id, ws, journeyId, version.rows[0].id, customer, id, day, reason && endsOn, status, reason, label],
    )
    return id
  }
  const get = async (path: string) =>
    (await members.owner.call('GET', at(`/customers/${customer}${path}`))).body
  return { ws, members, at, customer, journeyId, versionId: version.rows[0].id, enter, get }
}

test('a card lists the journeys that ended last, the latest end first, each with why, apart from those under way', async () => {
  const { enter, get } = await shop()
  const first = await enter(1, 'completed', 'end', { endsOn: '2026-02-03Z' })
  const failed = await enter(2, 'failed', 'core_error', { endsOn: '2026-02-02Z' })
  const left = await enter(3, 'exited', 'goal_reached', { label: 'Ordered again', endsOn: '2026-02-04Z' })
  await enter(4, 'completed', 'end')
  const active = await enter(5, 'active', null)
  const card = await get('')
  expect(card.active.map(({ id }: { id: string }) => id)).toEqual([active])
  expect(card.ended).toMatchObject([
    { id: left, journeyName: 'Second order', sentence: { en: 'The goal “Ordered again” was reached.' } },
    { id: first, status: 'completed' },
    { id: failed, status: 'failed', endedAt: '2026-02-02T00:00:00.000Z' },
  ])
})

test('a message that was not sent is told with its template and the reason', async () => {
  const { ws, members, at, customer, journeyId, versionId, enter, get } = await shop()
  const template = await members.owner.call('POST', at('/templates'), {
    name: 'Win-back',
    subject: 'Come back',
    preheader: '',
    format: 'html',
    body: '<p>Hello</p>',
  })
  await api.deps.pool.query(
    `insert into messages (workspace_id, enrollment_id, journey_id, version_id, customer_id, node, visit, seq, channel, template_id, status, reason)
     values ($1, $2, $3, $4, $5, 'offer', 1, 3, 'email', $6, 'not_sent', 'consent_missing')`,
    [ws, await enter(1, 'active', null), journeyId, versionId, customer, template.body.id],
  )
  const { items } = await get('/timeline?type=message')
  expect(items).toMatchObject([
    { template: 'Win-back', status: 'not_sent', sentence: { en: 'The customer never agreed to email.' } },
  ])
})
