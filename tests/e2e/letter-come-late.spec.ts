import { openStepOfLetter } from './sent-letter.ts'
import { expect, story } from './story.ts'

story('a letter that was looked for in vain opens once it is there', async ({ page, shop, templates }) => {
  const { mail } = await openStepOfLetter(page, shop, templates)
  const find = page.getByRole('link', { name: 'Find it in the mailbox' })
  await page.route(/\/mails\?.*message=/, (route) => route.fulfill({ json: { items: [], next: null } }), {
    times: 1,
  })
  await find.click()
  await expect(page.getByText('Choose an email on the left.')).toBeVisible()
  await expect(page).not.toHaveURL(/message=/)
  await page.goBack()
  await find.click()
  await expect(page).toHaveURL(new RegExp(`mail=${mail}`))
})

story('a letter that could not be looked for is said, in both languages', async ({ page }) => {
  const refusal = { en: 'Not just now.', ru: 'Не сейчас.' }
  const asked = /\/mails\?.*message=/
  const told = page.getByRole('region', { name: /^(Notifications|Уведомления)/ })
  const look = `/mailbox?message=${crypto.randomUUID()}`
  await page.route(asked, (route) => route.fulfill({ status: 500, json: { detail: refusal } }))
  await page.goto(look)
  await expect(told).toContainText('The email could not be looked for. Not just now.')
  await expect(page).not.toHaveURL(/message=/)
  await page.evaluate(() => localStorage.setItem('tropa.language', 'ru'))
  await page.goto(look)
  await expect(told).toContainText('Не удалось найти письмо. Не сейчас.')

  await page.unroute(asked)
  await page.route(asked, (route) => route.abort())
  await page.goto(look)
  await expect(told).toContainText('Сервер не отвечает, поэтому письмо найти не удалось.')
})
