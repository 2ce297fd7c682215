import type { Page } from '@playwright/test'
import { buildCustomer, buildKey, buildLiveJourney, track, type WorkspaceCaller } from '../build.ts'
import { entering, inRow, writing } from './row.ts'
import { expect, story } from './story.ts'

const length = 8

/** Blocks in a row that write a number on the customer, and an exit with a name behind them. */
const longJourney = () =>
  inRow(entering('start'), ...Array.from({ length }, (_, n) => writing(`write${n + 1}`, 20.4 * (n + 1))), {
    id: 'bye',
    kind: 'exit',
    name: '',
    config: { label: 'bye' },
  })

async function openEndedPath(page: Page, shop: WorkspaceCaller): Promise<void> {
  const { id: journey } = await buildLiveJourney(shop, 'Long way', longJourney())
  const key = await buildKey(shop, 'secret')
  await buildCustomer(shop, { externalId: 'anna', email: 'anna@example.test', firstName: 'Anna' })
  await track(page.request, key, { messageId: 'anna-1', userId: 'anna', event: 'order' })
  const done = async () =>
    (await shop.get<{ items: { id: string }[] }>('/enrollments?status=completed')).items[0]?.id ?? ''
  await expect.poll(done, { timeout: 30_000 }).not.toBe('')
  await page.goto(`/journeys/${journey}/enrollments/${await done()}`)
}

/** The card of a node, and how much of it lies inside the canvas. */
async function shareSeen(page: Page, node: string): Promise<number> {
  const card = await page.locator(`[data-path-node="${node}"]`).boundingBox()
  const frame = await page.locator('.react-flow').boundingBox()
  if (!card || !frame) return 0
  const left = Math.max(card.x, frame.x)
  const right = Math.min(card.x + card.width, frame.x + frame.width)
  return Math.max(0, right - left) / card.width
}

for (const [width, height] of [
  [1440, 900],
  [1920, 1000],
  [390, 844],
] as const) {
  story(
    `a path too long for ${width} px can be read, ends in sight, and is followed`,
    async ({ page, shop }) => {
      await page.setViewportSize({ width, height })
      await page.emulateMedia({ reducedMotion: 'reduce' })
      await openEndedPath(page, shop)
      await expect.poll(() => shareSeen(page, 'bye')).toBeGreaterThan(0.99)
      const card = await page.locator('[data-path-node="bye"]').boundingBox()
      expect((card?.width ?? 0) / 240).toBeGreaterThanOrEqual(0.6)
      await expect(page.getByRole('heading', { level: 1 })).toBeInViewport()
      if (width > 600) {
        const canvas = await page.locator('.react-flow').boundingBox()
        expect(canvas?.width ?? 0).toBeGreaterThan(900)
      }
      await page.locator('[data-step="2"]').click()
      await expect.poll(() => shareSeen(page, 'write1')).toBeGreaterThan(0.99)
    },
  )
}

story(
  'a path that came to an exit is completed, and says in words what was written',
  async ({ page, shop }) => {
    await openEndedPath(page, shop)
    const main = page.locator('main')
    await expect(main.getByText('completed', { exact: true })).toBeVisible()
    await expect(main.getByText('It came to the exit “bye”.').first()).toBeVisible()
    await expect(main.getByText('Written on the customer: spent = 20.4').first()).toBeVisible()
    await page.evaluate(() => localStorage.setItem('tropa.language', 'ru'))
    await page.reload()
    await expect(main.getByText('пройдено', { exact: true })).toBeVisible()
    await expect(main.getByText('Дошёл до выхода «bye».').first()).toBeVisible()
    await expect(main.getByText('Записано клиенту: spent = 20,4').first()).toBeVisible()
    await page.goto('/enrollments?status=exited')
    await expect(page.getByText('Под эти фильтры ничего не подходит')).toBeVisible()
  },
)
