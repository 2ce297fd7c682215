import { letters } from '../build.ts'
import { openStepOfLetter } from './sent-letter.ts'
import { expect, story } from './story.ts'

story(
  'a step leads to its letter in the mailbox, whole to the edge of its pane, and the card tells how the journey ended',
  async ({ page, shop, templates }) => {
    const { customer, mail } = await openStepOfLetter(page, shop, templates)
    await page.getByRole('link', { name: 'Find it in the mailbox' }).click()
    await expect(page).toHaveURL(new RegExp(`mail=${mail}`))
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

    await page.goto(`/customers/${customer}`)
    const ended = page.getByRole('region', { name: 'Ended lately' })
    await expect(ended.getByRole('link', { name: /Second order/ })).toBeVisible({ timeout: 30_000 })
    await expect(page.getByText(`Template “${letters.thanks}”.`)).toBeVisible()
  },
)
