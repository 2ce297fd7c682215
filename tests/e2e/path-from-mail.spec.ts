import type { Page } from '@playwright/test'
import { buildCustomer, buildKey, buildLiveJourney, buildMainJourney, letters, track } from '../build.ts'
import { expectStill } from './editor.ts'
import { expectWaitsForEvent } from './passage.ts'
import { expect, story } from './story.ts'

/** Every card the customer went through lies whole inside the canvas. */
async function expectWholePath(page: Page): Promise<void> {
  await expectStill(page)
  const frame = await page.locator('.react-flow').boundingBox()
  for (const node of ['ordered', 'next_order', 'thanks']) {
    const card = await page.locator(`[data-path-node="${node}"]`).boundingBox()
    if (!frame || !card) throw new Error(`There is no card of ${node}.`)
    expect(card.x).toBeGreaterThanOrEqual(frame.x)
    expect(card.y).toBeGreaterThanOrEqual(frame.y)
    expect(card.x + card.width).toBeLessThanOrEqual(frame.x + frame.width)
    expect(card.y + card.height).toBeLessThanOrEqual(frame.y + frame.height)
  }
}

/** Where the canvas is looked at, once it stands still. */
async function view(page: Page): Promise<string> {
  await expectStill(page)
  return page.locator('.react-flow__viewport').evaluate(({ style }) => style.transform)
}

story(
  'a path is fitted alike wherever it is opened from, and its arrow leads back there',
  async ({ page, shop, templates }) => {
    await buildLiveJourney(shop, 'Second order', buildMainJourney(templates))
    const key = await buildKey(shop, 'secret')
    const anna = await buildCustomer(shop, {
      externalId: 'anna',
      email: 'anna@example.test',
      firstName: 'Anna',
    })
    const order = (messageId: string) =>
      track(page.request, key, { messageId, userId: 'anna', event: 'order', properties: { total: 77 } })
    const items = async <T>(path: string) => (await shop.get<{ items: T[] }>(path)).items
    await order('one')
    await expectWaitsForEvent(shop, anna)
    await order('two')
    const thanks = async () => (await items<{ id: string }>('/mails?to=anna@example.test'))[0]?.id ?? ''
    await expect.poll(thanks, { timeout: 30_000 }).not.toBe('')

    await page.setViewportSize({ width: 1280, height: 720 })
    await page.goto(`/mailbox?mail=${await thanks()}`)
    await page.getByRole('link', { name: /see the step that sent it/i }).click()
    await expect(page).toHaveURL(/\/enrollments\/.+step=/)
    await expectWholePath(page)
    await expect(page.locator('[data-path-node="thanks"]')).toContainText(letters.thanks)
    const fitted = await view(page)
    await page.reload()
    await expectWholePath(page)
    await expect.poll(() => view(page)).toBe(fitted)

    for (const other of ['Previous step', 'Next step']) {
      await page.getByRole('button', { name: other }).click()
      await expectWholePath(page)
      await expect.poll(() => view(page), 'a path seen whole stays where it is').toBe(fitted)
    }
    await page.getByRole('button', { name: 'Back', exact: true }).click()
    await expect(page).toHaveURL(/\/mailbox/)

    await page.goto(`/customers/${anna}`)
    await page.locator('a[href*="/enrollments/"]').first().click()
    await expectWholePath(page)
    const path = page.url()
    await page.getByRole('button', { name: 'Back', exact: true }).click()
    await expect(page).toHaveURL(new RegExp(`/customers/${anna}`))

    const own = await page.context().newPage()
    await own.goto(path)
    await expectWholePath(own)
    await own.getByRole('link', { name: 'Enrollments', exact: true }).last().click()
    await expect(own).toHaveURL(/\/enrollments$/)
  },
)
