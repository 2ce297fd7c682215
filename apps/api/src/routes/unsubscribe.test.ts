import { signUnsubscribe, type UnsubscribeClaim } from '@tropa/connectors'
import { expect, it } from 'vitest'
import { withApp } from '../testing/with-app.ts'
import { type AppUnderTest, workspace } from '../testing.ts'

let test: AppUnderTest
let shop: Awaited<ReturnType<typeof workspace>>
let customerId: string

withApp(async (opened) => {
  test = opened
  shop = await workspace(test)
  const made = await shop.members.owner.call('POST', shop.at('/customers'), {
    identifiers: [{ type: 'email', value: 'Anna@Example.test' }],
    attributes: { first_name: 'Anna' },
    consents: [{ channel: 'email', state: 'granted', source: 'checkout' }],
  })
  customerId = made.body.id
})

function linkOf(over: Partial<UnsubscribeClaim> = {}): string {
  const claim = { workspaceId: shop.id, customerId, channel: 'email', topic: null, messageId: 'm1', ...over }
  return `/u/${signUnsubscribe(test.deps.installation.secret, claim)}`
}

const card = async () => (await shop.members.owner.call('GET', shop.at(`/customers/${customerId}`))).body

it('opening the link a hundred times changes nothing, in the reader’s language', async () => {
  for (let i = 0; i < 100; i += 1) expect((await test.app.request(linkOf())).status).toBe(200)
  expect((await card()).consents).toMatchObject([{ state: 'granted', source: 'checkout' }])
  const russian = await test.app.request(linkOf(), {
    headers: { 'accept-language': 'ru-RU,ru;q=0.9,en;q=0.8' },
  })
  const html = await russian.text()
  expect(html).toContain('Больше не получать письма от «Lavka»?')
  expect(html).not.toContain('<script')
})

it('one click withdraws the consent at once, without cookies, and again changes no more', async () => {
  const oneClick = () =>
    test.app.request(linkOf({ topic: 'news' }), {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'List-Unsubscribe=One-Click',
    })
  expect((await oneClick()).status).toBe(200)
  const again = await oneClick()
  expect([again.status, await again.text()]).toEqual([200, expect.stringContaining('unsubscribed already')])
  const kept = await test.deps.pool.query(`select 1 from consent_changes where topic = 'news'`)
  expect(kept.rowCount).toBe(1)
  expect((await card()).consents).toMatchObject([
    { topic: '', state: 'granted' },
    { topic: 'news', state: 'revoked', source: 'one_click_unsubscribe' },
  ])
})

it('the button of the page withdraws it too, and the timeline keeps which message it was', async () => {
  const answer = await test.app.request(linkOf(), { method: 'POST' })
  expect(await answer.text()).toContain('You are unsubscribed')
  const line = (
    await shop.members.owner.call('GET', shop.at(`/customers/${customerId}/timeline?type=consent`))
  ).body
  expect(line.items[0]).toMatchObject({ type: 'consent', state: 'revoked', source: 'unsubscribe_page' })
  const kept = await test.deps.pool.query('select detail from consent_changes order by at desc limit 1')
  expect(kept.rows[0].detail).toEqual({ messageId: 'm1' })
})

it('who is unsubscribed already is told so, in the language they choose, and a narrower wish is still kept', async () => {
  const russian = await (await test.app.request(`${linkOf()}?lang=ru`)).text()
  expect(russian).toContain('Вы уже отписаны')
  expect(russian).toContain('<html lang="ru">')
  expect(russian).not.toContain('<form')
  const narrower = linkOf({ topic: 'sales' })
  expect(await (await test.app.request(narrower)).text()).toContain('You are unsubscribed already')
  await test.app.request(narrower, { method: 'POST' })
  expect((await card()).consents).toContainEqual(
    expect.objectContaining({ topic: 'sales', state: 'revoked', source: 'unsubscribe_page' }),
  )
})

it('a damaged link, or one of another installation, does nothing', async () => {
  const foreign = signUnsubscribe('x'.repeat(40), {
    workspaceId: shop.id,
    customerId,
    channel: 'email',
    topic: null,
    messageId: 'm1',
  })
  for (const path of [`${linkOf()}x`, '/u/abc', `/u/${foreign}`]) {
    const answer = await test.app.request(path, { method: 'POST' })
    expect([path, answer.status]).toEqual([path, 404])
    expect(await answer.text()).toContain('This link does not work')
  }
})

it('a workspace’s name cannot smuggle markup into the page', async () => {
  await shop.members.owner.call('PATCH', shop.at('/settings'), { name: '<img src=x onerror=alert(1)>' })
  expect(await (await test.app.request(linkOf())).text()).not.toContain('<img')
})
