import { expect, story } from './story.ts'

const lost = 'The server does not answer. Check the connection; the page tries again by itself.'

story('a page that could not be loaded comes by itself when the server answers again', async ({ page }) => {
  story.setTimeout(120_000)
  await page.route('**/api/**', (route) => route.abort())
  await page.goto('/customers')
  await expect(page.getByText(lost)).toBeVisible({ timeout: 30_000 })
  await page.unroute('**/api/**')
  await expect(page.getByRole('heading', { name: 'Customers', level: 1 })).toBeVisible({ timeout: 30_000 })

  await page.route('**/api/w/**', (route) => route.abort())
  await page.getByRole('link', { name: 'Templates' }).click()
  await expect(page.getByText(lost)).toBeVisible({ timeout: 30_000 })
  await page.unroute('**/api/w/**')
  await expect(page.getByText(lost)).toHaveCount(0, { timeout: 30_000 })
})

story(
  'a section whose code did not come says so in the app and opens when the server is back',
  async ({ page, context }) => {
    story.setTimeout(120_000)
    await page.goto('/journeys')
    await expect(page.getByRole('heading', { name: 'Journeys', level: 1 })).toBeVisible({ timeout: 30_000 })
    await page.evaluate(() => document.body.setAttribute('data-stayed', ''))
    await context.setOffline(true)
    await page.getByRole('link', { name: 'Customers' }).click()
    await expect(page.getByText(lost)).toBeVisible({ timeout: 30_000 })
    const again = page.getByRole('button', { name: 'Try again' })
    await expect(again).toBeVisible()
    // The page tries by itself every few seconds: right after it has tried in vain the press is the first to succeed.
    await page.waitForEvent('requestfailed', (request) => request.url().includes('/assets/'))
    await context.setOffline(false)
    await again.click()
    await expect(page.getByRole('heading', { name: 'Customers', level: 1 })).toBeVisible({ timeout: 30_000 })
    await expect(page.locator('body[data-stayed]')).toHaveCount(1)
  },
)

story('a tab whose code a new version has replaced is loaded anew, once', async ({ page }) => {
  story.setTimeout(120_000)
  await page.goto('/journeys')
  await expect(page.getByRole('heading', { name: 'Journeys', level: 1 })).toBeVisible({ timeout: 30_000 })
  let loads = 0
  page.on('request', (request) => {
    if (request.isNavigationRequest()) loads += 1
  })
  await page.route('**/assets/*.js', (route) =>
    loads > 0 ? route.continue() : route.fulfill({ status: 404, body: '' }),
  )
  await page.getByRole('link', { name: 'Customers' }).click()
  await expect(page.getByRole('heading', { name: 'Customers', level: 1 })).toBeVisible({ timeout: 30_000 })
  expect(loads).toBe(1)
})

story('a new journey opens although the list behind it gets no answer', async ({ page }) => {
  await page.goto('/journeys')
  await page.getByRole('button', { name: 'New journey' }).first().click()
  await page.getByRole('dialog').getByLabel('Name').fill('At once')
  await page.route(/\/journeys(\?|$)/, async (route) => {
    if (route.request().method() !== 'GET') await route.continue()
  })
  await page.getByRole('button', { name: 'Create' }).click()
  const opened = page.getByRole('heading', { name: 'At once', level: 1 })
  await expect(opened, 'before the list is given up').toBeVisible({ timeout: 12_000 })
  await expect(page.getByRole('dialog')).toHaveCount(0)
})
