import { buildCustomer, buildKey, buildLiveJourney, buildMainJourney, track } from '../build.ts'
import { expectWaitsForEvent } from './passage.ts'
import { expect, story } from './story.ts'

story('a letter that was looked for in vain opens once it is there', async ({ page, shop, templates }) => {
  await buildLiveJourney(shop, 'Second order', buildMainJourney(templates))
  const key = await buildKey(shop, 'secret')
  const email = 'anna@example.test'
  const anna = await buildCustomer(shop, { externalId: 'anna', email, firstName: 'Anna' })
  const order = (messageId: string) =>
    track(page.request, key, { messageId, userId: 'anna', event: 'order', properties: { total: 77 } })
  await order('one')
  await expectWaitsForEvent(shop, anna)
  await order('two')
  const mails = async () => (await shop.get<{ items: { id: string }[] }>(`/mails?to=${email}`)).items
  await expect.poll(async () => (await mails()).length, { timeout: 30_000 }).toBe(1)
  const [mail] = await mails()

  await page.goto(`/mailbox?mail=${mail?.id}`)
  await page.getByRole('link', { name: /see the step that sent it/i }).click()
  const find = page.getByRole('link', { name: 'Find it in the mailbox' })
  await page.route(/\/mails\?.*message=/, (route) => route.fulfill({ json: { items: [], next: null } }), {
    times: 1,
  })
  await find.click()
  await expect(page.getByText('Choose an email on the left.')).toBeVisible()
  await expect(page).not.toHaveURL(/message=/)
  await page.goBack()
  await find.click()
  await expect(page).toHaveURL(new RegExp(`mail=${mail?.id}`))
})
