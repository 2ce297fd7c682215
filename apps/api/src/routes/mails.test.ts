import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { withApp } from '../testing/with-app.ts'
import { type AppUnderTest, workspace } from '../testing.ts'

let api: AppUnderTest

withApp((opened) => {
  api = opened
})

test('a letter of a test run carries the date of its clock and its journey; others carry none', async () => {
  const { id: ws, members, at } = await workspace(api)
  const { pool } = api.deps
  const [run, live] = [randomUUID(), randomUUID()]
  const journey = await pool.query(
    `insert into journeys (workspace_id, name, draft) values ($1, 'Second order', '{}') returning id`,
    [ws],
  )
  for (const [message, clock] of [
    [run, randomUUID()],
    [live, null],
  ]) {
    const enrollment = randomUUID()
    await pool.query(
      `insert into messages (id, workspace_id, enrollment_id, journey_id, version_id, customer_id, node, visit, seq, channel, clock_id)
       values ($1, $2, $3, $4, gen_random_uuid(), gen_random_uuid(), 'offer', 1, 3, 'email', $5)`,
      [message, ws, enrollment, journey.rows[0].id, clock],
    )
    await pool.query(
      `insert into steps (enrollment_id, seq, workspace_id, version_id, node, kind, visit, entered_at, left_at, status, reads, hash)
       values ($1, 3, $2, gen_random_uuid(), 'offer', 'send_email', 1, '1997-03-12T12:00:00Z', '1997-03-12T12:00:00Z', 'done', '[]', '')`,
      [enrollment, ws],
    )
  }
  const body = 'Come back\n\nUnsubscribe [http://localhost/u/abc]\n'
  for (const message of [run, live, 'not ours'])
    await pool.query(
      `insert into mails (workspace_id, from_address, to_address, subject, body, headers, raw, size)
       values ($1, 'shop@mailbox.test', 'ann@example.test', $2, $3, $4, '', 0)`,
      [ws, message, body, JSON.stringify([{ name: 'x-tropa-message', value: message }])],
    )
  const { items } = (await members.owner.call('GET', at('/mails'))).body
  const dates = Object.fromEntries(
    items.map((one: { subject: string; sentOnClock: string | null }) => [one.subject, one.sentOnClock]),
  )
  expect(dates).toEqual({ [run]: '1997-03-12T12:00:00Z', [live]: null, 'not ours': null })
  expect(items[0].snippet.trim()).toBe('Come back Unsubscribe')
  const mail = items.find(({ subject }: { subject: string }) => subject === run)
  const only = await members.owner.call('GET', at(`/mails?message=${run}&to=ann@example.test`))
  expect(only.body.items.map(({ subject }: { subject: string }) => subject)).toEqual([run])
  expect((await members.owner.call('GET', at('/mails?message=none'))).status).toBe(422)
  expect((await members.owner.call('GET', at(`/mails/${mail.id}`))).body).toMatchObject({
    sentOnClock: '1997-03-12T12:00:00Z',
    journeyName: 'Second order',
    step: 3,
  })
})

test('a letter of a test run carries that date from the moment it arrives, before its step is written down', async () => {
  const { id: ws, members, at } = await workspace(api)
  const { pool } = api.deps
  const [message, enrollment] = [randomUUID(), randomUUID()]
  const pending = { seq: 3, node: 'offer', visit: 1, enteredAt: Date.parse('1997-03-04T12:00:00Z') }
  await pool.query(
    `insert into enrollments (id, workspace_id, journey_id, version_id, customer_id, entry_key, entry_node,
       entry_event_id, state, salt, head_hash, entered_at)
     values ($1, $2, gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), '', 'start', 1, $3, '', '', now())`,
    [enrollment, ws, JSON.stringify({ pending })],
  )
  await pool.query(
    `insert into messages (id, workspace_id, enrollment_id, journey_id, version_id, customer_id, node, visit, seq, channel, clock_id)
     values ($1, $2, $3, gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'offer', 1, 3, 'email', gen_random_uuid())`,
    [message, ws, enrollment],
  )
  await pool.query(
    `insert into mails (workspace_id, from_address, to_address, subject, headers, raw, size)
     values ($1, 'shop@mailbox.test', 'ann@example.test', 'Come back', $2, '', 0)`,
    [ws, JSON.stringify([{ name: 'x-tropa-message', value: message }])],
  )
  const { items } = (await members.owner.call('GET', at('/mails'))).body
  expect(items[0].sentOnClock).toBe('1997-03-04T12:00:00Z')
})
