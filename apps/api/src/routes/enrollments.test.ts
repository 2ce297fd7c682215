import { moveMailboxConnections } from '@tropa/db/connections'
import { type Engine, startEngine } from '@tropa/worker/engine'
import { hostMailbox } from '@tropa/worker/mailbox'
import { freshNamespace, until } from '@tropa/worker/testing'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDatabase, type TestDatabase, useTemporal } from '../../../../tests/setup/use-services.ts'
import { seedTemplates } from '../seed/templates.ts'
import { node } from '../testing/graph.ts'
import { publishJourney } from '../testing/publish-journey.ts'
import { type AppUnderTest, baseUrl, caller, openApp, workspace } from '../testing.ts'

let database: TestDatabase
let test: AppUnderTest
let engine: Engine
let mailbox: Awaited<ReturnType<typeof hostMailbox>>
let shop: Awaited<ReturnType<typeof workspace>>
let send: (path: string, body: Record<string, unknown>) => Promise<void>
let templateId: string

beforeAll(async () => {
  database = await createDatabase()
  const temporal = await freshNamespace(await useTemporal())
  test = await openApp(database.url, { temporal })
  const { secret } = test.deps.installation
  mailbox = await hostMailbox({ databaseUrl: database.url, secret }, pino({ level: 'silent' }))
  engine = await startEngine({
    databaseUrl: database.url,
    temporal,
    secret,
    baseUrl,
    mailboxPort: mailbox.port,
  })
  shop = await workspace(test, ['support', 'marketer'])
  await moveMailboxConnections(test.deps.db, mailbox.port)
  const key = await shop.members.owner.call('POST', shop.at('/keys'), { kind: 'secret', name: 'test' })
  send = async (path, body) => {
    const headers = { authorization: `Bearer ${key.body.key}`, origin: '' }
    const messageId = `m${Math.random()}`
    const answer = await caller(test.app, '').call('POST', path, { messageId, ...body }, headers)
    if (answer.status !== 202) throw new Error(JSON.stringify(answer.body))
  }
  const made = await shop.members.marketer.call('POST', shop.at('/templates'), {
    ...seedTemplates[0],
    format: 'mjml',
  })
  templateId = made.body.id
  await engine.becomeReady(60_000)
})

afterAll(async () => {
  await engine?.stop()
  await mailbox?.close()
  await test?.stop()
  await database?.drop()
})

async function publish(event: string) {
  const edge = (from: string, output: string, to: string) => ({ id: `${from}.${output}`, from, output, to })
  const graph = {
    nodes: [
      node('start', 'event_entry', { event }),
      node('mail', 'send_email', { template: templateId }),
      node('rest', 'wait', { for: '30d' }),
      node('last', 'exit', { label: '' }),
    ],
    edges: [edge('start', 'next', 'mail'), edge('mail', 'sent', 'rest'), edge('rest', 'next', 'last')],
  }
  return publishJourney(shop.members.marketer, shop.at, { name: event, graph })
}

async function enter(event: string, userId: string, agreed = true) {
  const consents = agreed ? [{ channel: 'email', state: 'granted', source: 'checkout' }] : []
  const identifiers = [
    { type: 'external_id', value: userId },
    { type: 'email', value: `${userId}@example.test` },
  ]
  const made = await shop.members.owner.call('POST', shop.at('/customers'), {
    identifiers,
    consents,
    attributes: { first_name: userId },
  })
  expect(made.status).toBe(201)
  await send('/v1/track', { userId, event, properties: { total: 77 } })
  return made.body.id as string
}

const get = async (path: string) => (await shop.members.support.call('GET', shop.at(path))).body

async function waitingAt(customer: string, node: string): Promise<string> {
  const found = await until(
    async () => (await get(`/enrollments?customer=${customer}&node=${node}`)).items[0],
  )
  return found.id
}

describe('a passage', () => {
  it('is found, explained, and its numbers add up; the mail knows whose it is', async () => {
    const journey = await publish('signed_up')
    const anna = await enter('signed_up', 'anna')
    const id = await waitingAt(anna, 'rest')
    const shown = await get(`/enrollments/${id}`)
    expect(shown).toMatchObject({
      customerName: 'anna',
      status: 'active',
      placeName: { en: 'Wait' },
      test: false,
    })
    expect(shown.steps.map(({ node }: { node: string }) => node)).toEqual(['start', 'mail'])
    expect(shown.steps[1].message).toMatchObject({
      status: 'accepted',
      connection: 'Built-in mailbox',
      address: 'anna@example.test',
    })
    expect(shown.steps[1].message.attempts).toMatchObject([{ number: 1, outcome: 'accepted' }])
    expect(shown.path.edges).toEqual({ 'start.next': true, 'mail.sent': true })
    const { nodes, totals } = await get(`/journeys/${journey}/counts`)
    expect(nodes.rest).toMatchObject({ entered: 1, waiting: 1, movedOn: 0 })
    expect(nodes.mail).toMatchObject({ entered: 1, waiting: 0, movedOn: 1, outputs: { sent: 1 } })
    expect(totals).toMatchObject({ entered: 1, active: 1 })
    const behind = async (filter: string) =>
      (await get(`/enrollments?journey=${journey}&${filter}`)).items.map((one: { id: string }) => one.id)
    for (const filter of [
      'node=rest&was=entered',
      'node=mail&was=left',
      'node=mail&was=left&output=failed,sent',
    ])
      expect(await behind(filter)).toEqual([id])
    for (const filter of [
      'node=mail',
      'node=rest&was=left',
      'node=mail&was=left&output=failed',
      'node=mail&was=failed',
    ])
      expect(await behind(filter)).toEqual([])
    const [mail] = (await get('/mails?to=anna')).items
    expect(await get(`/mails/${mail.id}`)).toMatchObject({
      customerId: anna,
      enrollmentId: id,
      messageId: shown.steps[1].message.id,
      step: shown.steps[1].seq,
    })
    expect(await get(`/customers/${anna}`)).toMatchObject({ active: [{ id }], suppressed: false })
    const { items } = await get(`/customers/${anna}/timeline`)
    const letter = items.find(({ type }: { type: string }) => type === 'message')
    expect(letter.seq).toBe(shown.steps[1].seq)
    const sorts = items.map(({ type }: { type: string }) => type)
    expect(sorts.sort()).toEqual(['consent', 'enrollment', 'event', 'message'])
  })

  it('pages through lists without losing or repeating anything', async () => {
    const customers = (await get('/customers')).items
    const ben = await enter('nothing_listens', 'ben')
    for (let i = 0; i < 7; i += 1) await send('/v1/track', { userId: 'ben', event: 'visit' })
    const seen: string[] = []
    for (let next: string | null = ''; next !== null; ) {
      const page = await get(`/customers/${ben}/timeline?limit=3${next ? `&cursor=${next}` : ''}`)
      seen.push(...page.items.map(({ type, id }: { type: string; id: string }) => `${type} ${id}`))
      next = page.next
    }
    expect(seen.length).toBe(9)
    expect(new Set(seen).size).toBe(9)
    const first = await get('/customers?limit=1')
    const second = await get(`/customers?limit=1&cursor=${first.next}`)
    expect([first.items[0].id, second.items[0].id]).toEqual([ben, customers[0].id])
    expect((await get('/customers?search=BEN@')).items).toMatchObject([{ id: ben, externalId: 'ben' }])
    expect((await shop.members.support.call('GET', shop.at('/customers?cursor=abc'))).status).toBe(422)
  })

  it('is helped on by support, with the reason in the record, and still verifies', async () => {
    await publish('skipped')
    const id = await waitingAt(await enter('skipped', 'carla'), 'rest')
    const path = shop.at(`/enrollments/${id}/skip-wait`)
    expect((await shop.members.marketer.call('POST', path, { reason: 'no' })).body.code).toBe('not_allowed')
    expect((await shop.members.support.call('POST', path, {})).status).toBe(422)
    const late = await shop.members.support.call('POST', path, { reason: 'too late', step: 2 })
    expect([late.status, late.body.code], 'a wait she is not in any more').toEqual([409, 'wait_over'])
    const answers = await Promise.all(
      [{}, { step: 3 }].map((at) => shop.members.support.call('POST', path, { reason: 'she called', ...at })),
    )
    expect(answers.map(({ status }) => status)).toEqual([202, 202])
    const done = await until(async () => {
      const shown = await get(`/enrollments/${id}`)
      return shown.status !== 'active' && shown
    })
    expect(done.steps[2].why).toContainEqual({
      en: 'support skipped the wait: she called',
      ru: 'пропуск ожидания (support): she called',
    })
    expect((await shop.members.support.call('POST', shop.at(`/enrollments/${id}/verify`), {})).body).toEqual({
      verdict: 'identical',
      steps: 4,
    })
    expect((await shop.members.support.call('POST', path, { reason: 'again' })).body.code).toBe(
      'enrollment_ended',
    )
    await test.deps.pool.query(
      `update steps set output = 'failed' where enrollment_id = $1 and node = 'mail'`,
      [id],
    )
    expect(
      (await shop.members.support.call('POST', shop.at(`/enrollments/${id}/verify`), {})).body,
    ).toMatchObject({ verdict: 'record_altered', at: 2 })
    await test.deps.pool.query('delete from steps where enrollment_id = $1 and seq >= 2', [id])
    expect(
      (await shop.members.support.call('POST', shop.at(`/enrollments/${id}/verify`), {})).body,
    ).toMatchObject({ verdict: 'record_altered' })
  })

  it('ends when support removes the customer', async () => {
    const journey = await publish('removed')
    const id = await waitingAt(await enter('removed', 'dora'), 'rest')
    await shop.members.support.call('POST', shop.at(`/enrollments/${id}/remove`), { reason: 'test order' })
    const gone = await until(
      async () => (await get(`/enrollments?journey=${journey}&status=removed`)).items[0],
    )
    expect(gone).toMatchObject({ id, endReason: 'removed_by_member', place: null })
    expect((await get(`/journeys/${journey}/counts`)).nodes.rest).toMatchObject({
      entered: 1,
      waiting: 0,
      removed: 1,
    })
  })

  it('of somebody who never agreed is not sent, and says so', async () => {
    await publish('unasked')
    const id = await waitingAt(await enter('unasked', 'eva', false), 'rest')
    const [, mail] = (await get(`/enrollments/${id}`)).steps
    expect(mail).toMatchObject({
      output: 'not_sent',
      reason: 'consent_missing',
      reasonText: { ru: 'Клиент не давал согласия на письма.' },
    })
    expect(mail.message.gate.find(({ ok }: { ok: boolean }) => !ok)).toMatchObject({
      code: 'consent_missing',
    })
    expect((await get('/mails?to=eva')).items).toEqual([])
  })
})

describe('templates', () => {
  it('in use by a live journey can neither be deleted nor saved with mistakes', async () => {
    await publish('uses_template')
    const at = shop.at(`/templates/${templateId}`)
    const broken = { name: 'Offer', format: 'html', body: '{% if %}', revision: 1 }
    expect((await shop.members.owner.call('PUT', at, broken)).body.code).toBe('template_sent_live')
    const answer = await shop.members.owner.call('DELETE', at)
    expect(answer.body.code).toBe('template_in_use')
    expect(answer.body.journeys).toContainEqual(expect.objectContaining({ name: 'uses_template' }))
  })

  it('are tested into the built-in mailbox', async () => {
    const sent = await shop.members.marketer.call('POST', shop.at(`/templates/${templateId}/test`), {
      to: 'me@example.test',
    })
    expect(sent.body).toEqual({ ok: true })
    expect((await get('/mails?to=me@')).items).toMatchObject([{ subject: '15% off your next order, Anna' }])
  })

  it('preview with a customer’s own data, or say what is missing', async () => {
    const [anna] = (await get('/customers?search=anna')).items
    const source = {
      subject: 'Hi {{ customer.first_name }}',
      body: '<p>{{ event.total }}</p>',
      format: 'html',
    }
    const path = shop.at('/templates/preview')
    const shown = await shop.members.marketer.call('POST', path, { ...source, customerId: anna.id })
    expect(shown.body).toMatchObject({
      subject: 'Hi anna',
      problems: [],
      variables: ['customer.first_name', 'event.total'],
    })
    expect(shown.body.html).toContain('77')
    const missing = await shop.members.marketer.call('POST', path, {
      ...source,
      body: '{{ customer.city }}',
      customerId: anna.id,
    })
    expect(missing.body.problems).toMatchObject([{ code: 'missing_variable' }])
  })
})
