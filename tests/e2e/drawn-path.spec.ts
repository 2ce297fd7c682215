import type { Page } from '@playwright/test'
import { buildCustomer, buildKey, track, type WorkspaceCaller } from '../build.ts'
import { askForTotal, chooseLetter } from './block-panel.ts'
import { editor, expectSaved, expectStill, journeyIdOf, openCard } from './editor.ts'
import { expect, story } from './story.ts'

const { card, field, handle, panel } = editor

async function nameEvent(page: Page, event: string): Promise<void> {
  await field(page, 'event').getByRole('combobox').fill(event)
  await page.keyboard.press('Enter')
}

async function addBehind(page: Page, from: string, output: string, kind: string): Promise<void> {
  await handle(page, from, output).click()
  await page.locator(`[data-kind="${kind}"]`).click()
}

/** Draws the main journey by its “+” alone, as a person does: every block lands where the product puts it. */
async function drawJourney(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Begin with “Event”' }).click()
  await nameEvent(page, 'order')
  await addBehind(page, 'event_entry', 'next', 'wait_event')
  await nameEvent(page, 'order')
  await field(page, 'within').getByRole('textbox').fill('3')
  await field(page, 'within').getByRole('combobox', { name: 'Unit' }).click()
  await page.getByRole('option', { name: 'seconds' }).click()
  await addBehind(page, 'wait_event', 'happened', 'send_email')
  await chooseLetter(page, 'thanks')
  await addBehind(page, 'wait_event', 'timed_out', 'condition')
  await askForTotal(page)
  await addBehind(page, 'condition', 'yes', 'send_email')
  await chooseLetter(page, 'offer')
  await openCard(page, 'condition')
  await addBehind(page, 'condition', 'else', 'send_email')
  await chooseLetter(page, 'reminder')
  for (const mail of ['send_email_2', 'send_email_3']) {
    await openCard(page, mail)
    await addBehind(page, mail, 'sent', 'exit')
  }
  await panel(page).getByRole('button', { name: 'Close' }).click()
  await expectSaved(page)
}

async function publish(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Publish', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Publish', exact: true }).click()
  await expect(page.getByText('Version 1 is live.', { exact: true })).toBeVisible()
}

/** Lets a customer of a name order once for a total and go the whole way; answers the path's address. */
async function walk(page: Page, shop: WorkspaceCaller, key: string, name: string, total: number) {
  const journey = journeyIdOf(page)
  const customer = await buildCustomer(shop, {
    externalId: name,
    email: `${name}@example.test`,
    firstName: name,
  })
  const order = { messageId: name, userId: name, event: 'order', properties: { total } }
  await track(page.request, key, order)
  const ended = async () => {
    const path = `/enrollments?customer=${customer}&status=completed`
    return (await shop.get<{ items: { id: string }[] }>(path)).items[0]?.id ?? ''
  }
  await expect.poll(ended, { timeout: 40_000 }).not.toBe('')
  return `/journeys/${journey}/enrollments/${await ended()}`
}

/** Every card of the way is seen whole. */
async function expectWholePath(page: Page): Promise<void> {
  const cards = page.locator('[data-path-node][data-tone="taken"]')
  await expect(cards).toHaveCount(5)
  await expectStill(page)
  const frame = await page.locator('.react-flow').boundingBox()
  if (!frame) throw new Error('There is no canvas.')
  for (const one of await cards.all()) {
    const box = await one.boundingBox()
    if (!box) throw new Error('A card of the way is not drawn.')
    expect(box.x).toBeGreaterThanOrEqual(frame.x)
    expect(box.y).toBeGreaterThanOrEqual(frame.y)
    expect(box.x + box.width).toBeLessThanOrEqual(frame.x + frame.width)
    expect(box.y + box.height).toBeLessThanOrEqual(frame.y + frame.height)
  }
}

story(
  'a way through a journey drawn by “+” is seen whole at once, however its page is come to',
  async ({ page, shop }) => {
    story.slow()
    const key = await buildKey(shop, 'secret')
    await page.goto('/journeys')
    await page.getByRole('button', { name: 'New journey' }).first().click()
    await page.getByRole('dialog').getByLabel('Name').fill('Drawn by hand')
    await page.getByRole('button', { name: 'Create' }).click()
    await drawJourney(page)
    await publish(page)
    const journey = journeyIdOf(page)
    const small = await walk(page, shop, key, 'sam', 12)
    const large = await walk(page, shop, key, 'lara', 77)

    for (const size of [
      { width: 1440, height: 900 },
      { width: 1280, height: 720 },
    ]) {
      await page.setViewportSize(size)
      for (const path of [small, large]) {
        await page.goto(path)
        await expectWholePath(page)
        await page.goto('/enrollments')
        await page.locator(`a[href*="${path}"]`).first().click()
        await expectWholePath(page)
      }
      for (const name of ['sam', 'lara']) {
        await page.goto(`/mailbox?to=${name}@example.test`)
        await page.locator('[data-mail]').first().click()
        await page.getByRole('link', { name: /see the step that sent it/i }).click()
        await expectWholePath(page)
      }
    }

    await page.goto(`/journeys/${journey}`)
    const wait = card(page, 'wait_event')
    await expect(wait.locator('[data-output-count="timed_out"]')).toHaveText('2')
    await wait.locator('[data-output-count="timed_out"]').click()
    await expect(page).toHaveURL(/node=wait_event.*output=timed_out/)
  },
)
