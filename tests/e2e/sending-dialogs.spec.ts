import type { Page, Route } from '@playwright/test'
import { expect, story } from './story.ts'

/** Fills in the form of a new key and sends it. */
async function sendNewKey(page: Page): Promise<void> {
  await page.goto('/settings?tab=keys')
  await page.getByRole('button', { name: 'New key' }).first().click()
  const dialog = page.getByRole('dialog', { name: 'New API key' })
  await dialog.getByRole('textbox', { name: 'What it is for' }).fill('The shop')
  await dialog.getByRole('button', { name: 'Create the key' }).click()
}

story('a form on its way keeps its dialog until the answer can be read', async ({ page, shop }) => {
  let answer = () => {}
  const asked = new Promise<void>((resolve) => {
    answer = resolve
  })
  await page.route('**/keys', async (route) => {
    if (route.request().method() === 'POST') await asked
    await route.continue()
  })
  await sendNewKey(page)
  const dialog = page.getByRole('dialog')
  await expect(dialog).toHaveAttribute('aria-busy', 'true')
  await page.keyboard.press('Escape')
  await page.mouse.click(5, 5)
  for (const name of ['Close', 'Cancel', 'Create the key'])
    await expect(dialog.getByRole('button', { name }), name).toBeDisabled()
  await expect(dialog).toHaveAttribute('aria-busy', 'true')
  answer()
  await expect(dialog.getByText('This is the only time the key is shown. Copy it now.')).toBeVisible()
  await expect(dialog).not.toHaveAttribute('aria-busy')
  expect((await shop.get<{ items: unknown[] }>('/keys')).items).toHaveLength(1)
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
})

story(
  'a form that was refused, or had no network, frees its dialog and says why',
  async ({ page, context }) => {
    const refuse = (route: Route) =>
      route.request().method() === 'POST'
        ? route.fulfill({
            status: 409,
            json: { detail: { en: 'There are too many keys.', ru: 'Ключей много.' } },
          })
        : route.continue()
    await page.route('**/keys', refuse)
    await sendNewKey(page)
    const dialog = page.getByRole('dialog')
    await expect(dialog).toContainText('There are too many keys.')
    await page.unroute('**/keys', refuse)
    await context.setOffline(true)
    await dialog.getByRole('button', { name: 'Create the key' }).click()
    await expect(dialog).toContainText('The server does not answer.')
    await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeEnabled()
    await page.keyboard.press('Escape')
    await expect(dialog).toHaveCount(0)
  },
)
