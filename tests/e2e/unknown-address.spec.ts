import { expect, lookAt, story } from './story.ts'

story('an unknown address keeps the way to everything else', async ({ page, shop }) => {
  await lookAt(page, shop)
  await page.goto('/journeys/and/nothing/more')
  await expect(page.getByRole('heading', { name: 'There is nothing at this address' })).toBeVisible()
  await expect(page.locator('main')).toContainText('/journeys/and/nothing/more leads nowhere')
  await page.getByRole('navigation').getByRole('link', { name: 'Customers' }).click()
  await expect(page.getByRole('heading', { name: 'Customers', exact: true })).toBeVisible()
  await page.goBack()
  await page.getByRole('link', { name: 'Go to journeys' }).click()
  await expect(page).toHaveURL(/\/journeys$/)
})

story('what is gone is told to be gone, without a code of an error', async ({ page }) => {
  await page.goto('/imports/00000000-0000-4000-8000-000000000000')
  await expect(page.getByRole('heading', { name: 'There is nothing here' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Try again' })).toHaveCount(0)
  await page.getByRole('link', { name: 'Go to the start page' }).click()
  await expect(page).toHaveURL(/\/journeys$/)
})
