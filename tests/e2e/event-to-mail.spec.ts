import { buildCustomer, buildKey, buildLiveJourney, buildMainJourney, letters, track } from '../build.ts'
import { expect, story } from './story.ts'

story('an event becomes a letter whose path can be read', async ({ page, shop, templates }) => {
  const anna = { externalId: 'anna', email: 'anna@example.test', firstName: 'Anna' }
  await buildCustomer(shop, anna)
  await buildLiveJourney(shop, 'Second order', buildMainJourney(templates, '2s'))
  const order = { messageId: 'order-1', userId: 'anna', event: 'order', properties: { total: 77 } }
  const key = await buildKey(shop, 'secret')
  expect(await track(page.request, key, order)).toMatchObject({ status: 202, body: { status: 'stored' } })
  expect(await track(page.request, key, order)).toMatchObject({ status: 202, body: { status: 'duplicate' } })

  await page.goto('/mailbox')
  const letter = page.locator('[data-mail]')
  await expect(letter).toContainText(letters.offer, { timeout: 30_000 })
  await expect(letter).toHaveCount(1)
  await letter.click()
  await expect(page.getByRole('heading', { name: `${letters.offer}, Anna` })).toBeVisible()
  await expect(page.frameLocator('iframe').getByText('Your order was 77.')).toBeVisible()
  await expect(page.getByText('one-click (RFC 8058)')).toBeVisible()

  const mail = page.url()
  await page.getByRole('link', { name: 'anna@example.test' }).click()
  await expect(page).toHaveURL(/\/customers\//)
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Anna')
  await expect(page.getByText(`${letters.offer}, Anna`).first()).toBeVisible()

  await page.goto(mail)
  await page.getByRole('link', { name: 'See the step that sent it' }).click()
  const steps = page.getByRole('list', { name: 'Steps' }).getByRole('listitem')
  await expect(steps).toHaveCount(4)
  await expect(steps.nth(1)).toContainText('no “order” came')
  await expect(steps.nth(2)).toContainText('otal was 77, over 50: yes')
  for (const [index, node] of ['ordered', 'next_order', 'large', 'offer'].entries())
    await expect(page.locator(`[data-path-node="${node}"]`)).toContainText(String(index + 1))
  for (const node of ['thanks', 'reminder'])
    await expect(page.locator(`[data-path-node="${node}"]`)).toHaveAttribute('data-tone', 'plain')
})
