import type { Page } from '@playwright/test'
import {
  buildCustomer,
  buildKey,
  buildLiveJourney,
  buildMainJourney,
  type JourneyAnswer,
  track,
} from '../build.ts'
import { editor, expectSaved } from './editor.ts'
import { expect, story } from './story.ts'

const { card, panel } = editor

async function publish(page: Page, version: number): Promise<void> {
  await page.getByRole('button', { name: 'Publish', exact: true }).click()
  const receipt = page.getByRole('dialog', { name: /^Publish/ })
  await receipt.getByRole('button', { name: 'Publish', exact: true }).click()
  await expect(page.getByText(`Version ${version} is live.`, { exact: true })).toBeVisible()
}

story('numbers on the canvas lead to their customers', async ({ page, shop, templates }) => {
  const journey = await buildLiveJourney(shop, 'Second order', buildMainJourney(templates))
  const key = await buildKey(shop, 'secret')
  for (const name of ['anna', 'ben', 'vera']) {
    await buildCustomer(shop, { externalId: name, email: `${name}@example.test`, firstName: name })
    const order = { messageId: `${name}-1`, userId: name, event: 'order', properties: { total: 77 } }
    expect(await track(page.request, key, order)).toMatchObject({ status: 202 })
  }
  const numbers = (node: string) => page.locator(`.react-flow [data-numbers="${node}"]`)
  const rows = page.getByRole('table', { name: 'Enrollments' }).locator('tbody tr')
  await page.goto(`/journeys/${journey.id}`)
  await expect(numbers('next_order')).toContainText('Waiting now: 3', { timeout: 30_000 })
  const again = { messageId: 'anna-2', userId: 'anna', event: 'order', properties: { total: 20 } }
  await track(page.request, key, again)
  await expect(numbers('next_order')).toContainText('Moved on: 1', { timeout: 30_000 })

  const expectBehind = async (link: ReturnType<Page['locator']>, names: string[]) => {
    await link.click()
    await expect(page).toHaveURL(/\/enrollments/)
    await expect(rows).toHaveCount(names.length)
    for (const name of names) await expect(rows.filter({ hasText: name })).toHaveCount(1)
    await page.goBack()
  }
  await expectBehind(numbers('next_order').getByRole('link', { name: /Entered/ }), ['anna', 'ben', 'vera'])
  await expectBehind(numbers('next_order').getByRole('link', { name: /Waiting/ }), ['ben', 'vera'])
  await expectBehind(numbers('next_order').getByRole('link', { name: /Moved on/ }), ['anna'])
  await expectBehind(page.locator('a[data-edge-count="1"]'), ['anna'])
})

story('a live journey is paused, resumed, changed and brought back', async ({ page, shop, templates }) => {
  const { id } = await buildLiveJourney(shop, 'Second order', buildMainJourney(templates))
  const journey = () => shop.get<JourneyAnswer>(`/journeys/${id}`)
  await page.goto(`/journeys/${id}`)
  await page.getByRole('button', { name: 'Pause', exact: true }).click()
  await expect(page.getByText('Paused', { exact: true }).first()).toBeVisible()
  expect((await journey()).status).toBe('paused')
  await page.getByRole('button', { name: 'Resume', exact: true }).click()
  await expect(page.getByText('Live', { exact: true }).first()).toBeVisible()
  expect((await journey()).status).toBe('live')

  await page.getByRole('button', { name: 'Published', exact: true }).click()
  const receipt = page.getByRole('dialog', { name: /^Publish/ })
  await expect(receipt).toContainText('Nothing has changed since version 1')
  await expect(receipt.getByRole('button', { name: 'Publish', exact: true })).toBeDisabled()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'Published', exact: true })).toBeFocused()

  await card(page, 'reminder').click({ position: { x: 60, y: 15 } })
  await panel(page).getByRole('button', { name: 'Delete' }).click()
  await expectSaved(page)
  await publish(page, 2)
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Versions' }).click()
  const first = page.getByRole('dialog', { name: 'Versions' }).getByRole('listitem').last()
  await first.getByRole('button', { name: 'Copy into the draft' }).click()
  await expect(card(page, 'reminder')).toBeVisible()
  const { graph } = await shop.get<{ graph: object }>(`/journeys/${id}/versions/1`)
  expect((await journey()).draft).toEqual(graph)
  await publish(page, 3)
})
