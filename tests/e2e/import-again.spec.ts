import type { Page } from '@playwright/test'
import { buildLiveJourney, buildMainJourney, callerOf } from '../build.ts'
import { uploadMappedFile } from './fast-run.ts'
import { expect, story } from './story.ts'

const rows = [
  ['anna', '19970101', 77],
  ['anna', '19970112', 5],
  ['ben', '19970120', 9],
] as const

/** Presses the button that starts an import: it stays busy until the page has the started import in hand. */
async function startOnce(page: Page, id: string): Promise<void> {
  let answer = () => {}
  const answered = new Promise<void>((resolve) => {
    answer = resolve
  })
  const asked = page.waitForRequest((request) => request.method() === 'GET' && request.url().endsWith(id))
  await page.route(`**/imports/${id}`, (route) => answered.then(() => route.continue()))
  await page.getByRole('button', { name: 'Start the import' }).click()
  await asked
  await page.evaluate(() => new Promise((resolve) => setTimeout(() => requestAnimationFrame(resolve), 100)))
  expect(await page.getByRole('button', { name: /^Start/ }).isDisabled()).toBe(true)
  answer()
}

story(
  'a file brought in as history says whom it kept out, and brought in again what stands twice',
  async ({ page, shop, templates }) => {
    const { id: journeyId } = await buildLiveJourney(shop, 'Second order', buildMainJourney(templates))
    const first = await uploadMappedFile(page.request, shop, rows, { mode: 'history' })
    await callerOf(page.request, shop.id).post(`/imports/${first}/start`)

    await page.goto(`/imports/${first}`)
    await expect(page.locator('[data-kept-waiting]')).toContainText(
      'The journey “Second order” begins with these events, but history let nobody into it.',
      { timeout: 30_000 },
    )
    await expect(page.getByRole('link', { name: 'Upload it again' })).toHaveAttribute('href', '/imports')
    await page.goto(`/journeys/${journeyId}`)
    await expect(page.locator('[data-nobody-yet]')).toContainText('3 events “order” are stored')

    const again = await uploadMappedFile(page.request, shop, rows, { mode: 'compressed', secondsPerDay: 0.2 })
    await page.goto(`/imports/${again}?step=preview`)
    await expect(page.getByText('3 of its events are stored.')).toBeVisible()
    await expect(page.locator('[data-people]')).toHaveText('Customers: 2, all of them known already.')
    await page.getByRole('button', { name: 'Change it in “What happens”' }).click()
    const madeUp = page.getByRole('checkbox', { name: /a made-up one/ })
    await expect(madeUp).toBeChecked()
    await madeUp.click()
    await page.getByRole('button', { name: 'Next' }).click()
    await expect(page.getByText('The file gives no email address')).toBeVisible()
    await startOnce(page, again)
    await expect(page.getByRole('term').filter({ hasText: 'Events stored' })).toBeVisible()
    await expect(page.getByRole('term').filter({ hasText: 'Rows stored before' })).toHaveCount(0)
  },
)
