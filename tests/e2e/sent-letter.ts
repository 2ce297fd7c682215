import type { Page } from '@playwright/test'
import {
  buildCustomer,
  buildKey,
  buildLiveJourney,
  buildMainJourney,
  type Letter,
  track,
  type WorkspaceCaller,
} from '../build.ts'
import { expectWaitsForEvent } from './passage.ts'
import { expect } from './story.ts'

/**
 * Lets a customer of the live main journey order twice, so that it sends her one letter, and opens the step that sent
 * it; answers both ids.
 */
export async function openStepOfLetter(
  page: Page,
  shop: WorkspaceCaller,
  templates: Record<Letter, string>,
): Promise<{ customer: string; mail: string }> {
  await buildLiveJourney(shop, 'Second order', buildMainJourney(templates))
  const key = await buildKey(shop, 'secret')
  const email = 'anna@example.test'
  const customer = await buildCustomer(shop, { externalId: 'anna', email, firstName: 'Anna' })
  const order = (messageId: string) =>
    track(page.request, key, { messageId, userId: 'anna', event: 'order', properties: { total: 77 } })
  await order('one')
  await expectWaitsForEvent(shop, customer)
  await order('two')
  const mails = async () => (await shop.get<{ items: { id: string }[] }>(`/mails?to=${email}`)).items
  await expect.poll(async () => (await mails()).length, { timeout: 30_000 }).toBe(1)
  const mail = (await mails())[0]?.id ?? ''

  await page.goto(`/mailbox?mail=${mail}`)
  await page.getByRole('link', { name: /see the step that sent it/i }).click()
  return { customer, mail }
}
