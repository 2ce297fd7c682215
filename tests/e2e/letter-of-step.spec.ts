import { buildCustomer, buildKey, buildLiveJourney, buildMainJourney, letters, track } from '../build.ts'
import { expectWaitsForEvent } from './passage.ts'
import { expect, story } from './story.ts'

story(
  'a step leads to its letter in the mailbox, whole to the edge of its pane, and the card tells how the journey ended',
  async ({ page, shop, templates }) => {
    await buildLiveJourney(shop, 'Second order', buildMainJourney(templates))
    const key = await buildKey(shop, 'secret')
    const email = 'anna@example.test'
    const anna = await buildCustomer(shop, { externalId: 'anna', email, firstName: 'Anna' })
    const items = async <T>(path: string) => (await shop.get<{ items: T[] }>(path)).items
    const order = (messageId: string) =>
      track(page.request, key, { messageId, userId: 'anna', event: 'order', properties: { total: 77 } })
    await order('one')
    await expectWaitsForEvent(shop, anna)
    await order('two')
    const mails = () => items<{ id: string; subject: string }>(`/mails?to=${email}`)
    await expect.poll(async () => (await mails()).length, { timeout: 30_000 }).toBe(1)
    const [mail] = await mails()

    await page.goto(`/mailbox?mail=${mail?.id}`)
    await page.getByRole('link', { name: /see the step that sent it/i }).click()
    await page.getByRole('link', { name: 'Find it in the mailbox' }).click()
    await expect(page).toHaveURL(new RegExp(`mail=${mail?.id}`))
    await expect(page).not.toHaveURL(/message=/)
    const letter = page.locator('iframe[title="Email"]')
    await expect(letter).toBeVisible()
    const pane = page.getByRole('region', { name: 'Email' })
    const blank = async () => {
      const [box, room] = [await letter.boundingBox(), await pane.boundingBox()]
      return box && room ? room.y + room.height - (box.y + box.height) : Number.NaN
    }
    await expect.poll(blank, 'blank below the letter').toBeLessThanOrEqual(24)
    const scrolls = () => pane.evaluate((one) => one.scrollHeight - one.clientHeight)
    await expect.poll(scrolls, 'a second scroll bar').toBe(0)

    await page.goto(`/customers/${anna}`)
    const ended = page.getByRole('region', { name: 'Ended lately' })
    await expect(ended.getByRole('link', { name: /Second order/ })).toBeVisible({ timeout: 30_000 })
    await expect(page.getByText(`Template “${letters.thanks}”.`)).toBeVisible()
  },
)
