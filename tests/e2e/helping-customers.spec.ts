import type { Page } from '@playwright/test'
import type { Graph } from '@tropa/journey'
import { buildCustomer, buildKey, buildLiveJourney, track, type WorkspaceCaller } from '../build.ts'
import { expect, story } from './story.ts'

const place = { name: '', position: { x: 0, y: 0 } }
const month: Graph = {
  nodes: [
    { ...place, id: 'start', kind: 'event_entry', config: { event: 'order' } },
    {
      ...place,
      id: 'rest',
      name: 'A month',
      kind: 'wait',
      config: { for: '30d' },
      position: { x: 320, y: 0 },
    },
    { ...place, id: 'last', kind: 'exit', config: { label: '' }, position: { x: 640, y: 0 } },
  ],
  edges: [
    { id: 'a', from: 'start', output: 'next', to: 'rest' },
    { id: 'b', from: 'rest', output: 'next', to: 'last' },
  ],
  settings: { reentry: { mode: 'never' }, exitRules: [] },
}

async function openPath(page: Page, shop: WorkspaceCaller, name: string): Promise<void> {
  const customer = await buildCustomer(shop, {
    externalId: name.toLowerCase(),
    email: `${name.toLowerCase()}@example.test`,
    firstName: name,
  })
  const key = await buildKey(shop, 'secret')
  await track(page.request, key, { messageId: name, userId: name.toLowerCase(), event: 'order' })
  await page.goto(`/customers/${customer}`)
  await page.getByRole('link', { name: /A month/ }).click({ timeout: 30_000 })
  await expect(page.getByRole('timer')).toContainText('in 29 days')
}

async function answerWithReason(page: Page, action: string, reason: string): Promise<void> {
  await page.getByRole('button', { name: action }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: action }).click()
  await expect(dialog).toContainText('Write the reason')
  await dialog.getByLabel('Reason').fill(reason)
  await dialog.getByRole('button', { name: action }).click()
}

story('a wait is skipped and a customer removed, each with a reason that stays', async ({ page, shop }) => {
  await buildLiveJourney(shop, 'Month of rest', month)
  await openPath(page, shop, 'Anna')
  await answerWithReason(page, 'Skip the wait', 'she called')
  await expect(page.getByText('The wait is being skipped.', { exact: true })).toBeVisible()
  await page.goto(page.url().replace(/\?.*/, '?step=2'))
  await expect(page.getByText(/skipped the wait: she called/).first()).toBeVisible()
  await expect(page.getByText('completed', { exact: true })).toBeVisible()

  await openPath(page, shop, 'Ben')
  await answerWithReason(page, 'Remove', 'a test order')
  await expect(page.getByText('removed', { exact: true })).toBeVisible()
  await expect(page.getByText(/removed the customer: a test order/).first()).toBeVisible()

  await page.goto('/settings?tab=audit')
  const told = page.getByRole('table').getByRole('row')
  await expect(told.filter({ hasText: 'Skipped a wait in “Month of rest”' })).toContainText(
    'Reason: she called',
  )
  await expect(told.filter({ hasText: 'Removed a customer from “Month of rest”' })).toContainText(
    'a test order',
  )
  await expect(told.filter({ hasText: 'Published version 1 of “Month of rest”' })).toHaveCount(1)
})

story('a wait that ended while its reason was written is not taken for the next', async ({ page, shop }) => {
  const [start, rest, last] = month.nodes
  if (!start || !rest || !last) throw new Error('A month has three blocks.')
  await buildLiveJourney(shop, 'Two months', {
    ...month,
    nodes: [start, rest, { ...rest, id: 'more', name: 'One more', position: { x: 320, y: 300 } }, last],
    edges: [
      { id: 'a', from: 'start', output: 'next', to: 'rest' },
      { id: 'b', from: 'rest', output: 'next', to: 'more' },
      { id: 'c', from: 'more', output: 'next', to: 'last' },
    ],
  })
  await openPath(page, shop, 'Anna')
  await page.getByRole('button', { name: 'Skip the wait' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Reason').fill('she called')
  const [path = ''] = /\/enrollments\/[0-9a-f-]{36}/.exec(page.url()) ?? []
  await shop.post(`${path}/skip-wait`, { reason: 'another member was quicker' })
  await expect(page.getByText('Waits at “One more”')).toBeVisible()
  await expect(dialog).toContainText('A month')
  await dialog.getByRole('button', { name: 'Skip the wait' }).click()
  await expect(dialog).toContainText('has moved on from this wait meanwhile, so nothing was skipped')
  expect(await shop.get(path)).toMatchObject({ status: 'active', pending: { node: 'more' } })
})

story('attributes are added, changed and cleared by hand', async ({ page, shop }) => {
  const anna = await buildCustomer(shop, {
    externalId: 'anna',
    email: 'anna@example.test',
    firstName: 'Anna',
  })
  await page.goto(`/customers/${anna}`)
  const card = page.getByRole('region', { name: 'Attributes' })
  await card.getByRole('button', { name: 'Add an attribute' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Attribute').fill('city')
  await dialog.getByLabel('Value').fill('Perm')
  await page.keyboard.press('Enter')
  await expect(dialog).toHaveCount(0)
  await expect(card).toContainText('Perm')
  await card.getByRole('button', { name: /city/ }).click()
  await expect(dialog.getByLabel('Attribute')).toBeDisabled()
  await dialog.getByLabel('Value').fill('Omsk')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(card).toContainText('Omsk')
  await card.getByRole('button', { name: /city/ }).click()
  await dialog.getByLabel('Value').fill('')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(card).not.toContainText('city')
  await expect(card).toContainText('first_name')
})

story('several values in one attribute are shown whole and stay what they are', async ({ page, shop }) => {
  const anna = await buildCustomer(shop, {
    externalId: 'anna',
    email: 'anna@example.test',
    firstName: 'Anna',
  })
  const secret = await buildKey(shop, 'secret')
  const answer = await page.request.post('/v1/identify', {
    data: { messageId: 'i', userId: 'anna', traits: { home: { city: 'Omsk', floor: 2 } } },
    headers: { authorization: `Basic ${Buffer.from(`${secret}:`).toString('base64')}` },
  })
  expect(answer.ok()).toBe(true)
  await page.goto(`/customers/${anna}`)
  const card = page.getByRole('region', { name: 'Attributes' })
  await expect(card).toContainText('city Omsk, floor 2')
  await card.getByRole('button', { name: 'Look at: home' }).click()
  const dialog = page.getByRole('dialog', { name: 'home' })
  await expect(dialog).toContainText('"city": "Omsk"')
  await expect(dialog).toContainText('not by hand')
  await expect(dialog.getByRole('textbox')).toHaveCount(0)
  await dialog.getByRole('button', { name: 'Close' }).last().click()
  await expect(dialog).toHaveCount(0)

  await card.getByRole('button', { name: 'Add an attribute' }).click()
  const adding = page.getByRole('dialog', { name: 'Add an attribute' })
  await adding.getByLabel('Attribute').fill('home')
  await adding.getByLabel('Value').fill('Omsk')
  await expect(adding).toContainText('one value in its place would lose them')
  await expect(adding.getByRole('button', { name: 'Save' })).toBeDisabled()
})

story('a journey is found in the filter of enrollments, however many there are', async ({ page, shop }) => {
  const { id } = await shop.post<{ id: string }>('/journeys', { name: 'The oldest of all' })
  for (let n = 1; n <= 21; n += 1) await shop.post('/journeys', { name: `Journey ${n}` })
  await page.goto('/enrollments')
  await page.getByRole('button', { name: 'Journey: Any journey' }).click()
  const list = page.getByRole('dialog', { name: 'Choose a journey' })
  const oldest = list.getByRole('button', { name: 'The oldest of all' })
  await expect(list.getByRole('button', { name: 'Journey 21' })).toBeVisible()
  await expect(oldest).toHaveCount(0)
  await list.getByRole('button', { name: 'Show more' }).click()
  await expect(oldest).toBeVisible()
  await list.getByRole('searchbox', { name: 'Find a journey' }).fill('oldest')
  await expect(list.getByRole('button')).toHaveCount(1)
  await oldest.click()
  await expect(page).toHaveURL(new RegExp(`journey=${id}`))
  await page.reload()
  await page.getByRole('button', { name: 'Journey: The oldest of all' }).click()
  await list.getByRole('button', { name: 'Any journey' }).click()
  await expect(page).not.toHaveURL(/journey=/)
})
