import type { Page } from '@playwright/test'
import { buildMainJourney, type JourneyAnswer } from '../build.ts'
import { editor, expectStill } from './editor.ts'
import { openJourney } from './open-journey.ts'
import { entering, inRow, writing } from './row.ts'
import { expect, story } from './story.ts'

/** So many blocks in a row: an entry, and blocks that write a number on the customer. */
const rowOf = (length: number) =>
  inRow(
    entering('block0'),
    ...Array.from({ length: length - 1 }, (_, at) => writing(`block${at + 1}`, at + 1)),
  )

/** How large a card is drawn, and whether it lies whole inside the canvas. */
async function look(page: Page, id: string): Promise<{ zoom: number; whole: boolean }> {
  await expectStill(page)
  const card = await editor.card(page, id).boundingBox()
  const pane = await page.locator('.react-flow').boundingBox()
  if (!card || !pane) return { zoom: 0, whole: false }
  const whole =
    card.x >= pane.x &&
    card.y >= pane.y &&
    card.x + card.width <= pane.x + pane.width &&
    card.y + card.height <= pane.y + pane.height
  return { zoom: card.width / 240, whole }
}

story(
  'a journey of eight columns opens at its entry, large enough to read, and a press shows it whole',
  async ({ page, shop }) => {
    await openJourney(page, shop, 'Row', rowOf(8))
    await expect(editor.card(page, 'block0')).toBeVisible()
    const entry = await look(page, 'block0')
    expect(entry.whole).toBe(true)
    expect(entry.zoom).toBeGreaterThanOrEqual(0.79)
    await page.getByRole('button', { name: 'Fit to screen' }).click()
    for (const block of ['block0', 'block7']) expect((await look(page, block)).whole).toBe(true)
  },
)

story(
  'a journey of five columns opens whole, also after it was left with blocks out of sight',
  async ({ page, shop }) => {
    const expectWhole = async () => {
      await expect(editor.card(page, 'block0')).toBeVisible()
      for (const block of ['block0', 'block4']) expect((await look(page, block)).whole).toBe(true)
    }
    await openJourney(page, shop, 'Row', rowOf(5))
    await expectWhole()
    await page.getByRole('button', { name: 'Zoom to 100 %' }).click()
    expect((await look(page, 'block4')).whole).toBe(false)
    await page.reload()
    await expectWhole()
    for (const size of [
      { width: 1280, height: 720 },
      { width: 1440, height: 900 },
    ]) {
      await page.setViewportSize(size)
      await page.reload()
      await expectWhole()
    }
  },
)

story(
  'on a phone the canvas opens at the entry, large enough to read, and a press shows it whole',
  async ({ page, shop, templates }) => {
    await page.setViewportSize({ width: 390, height: 844 })
    const graph = buildMainJourney(templates)
    const { id } = await shop.post<JourneyAnswer>('/journeys', { name: 'Phone', graph })
    await page.goto(`/journeys/${id}?view=canvas`)
    await expect(editor.card(page, 'ordered')).toBeVisible()
    const entry = await look(page, 'ordered')
    expect(entry.whole).toBe(true)
    expect(entry.zoom).toBeGreaterThanOrEqual(0.6)
    await page.getByRole('button', { name: 'Fit to screen' }).click()
    for (const block of ['ordered', 'offer', 'reminder']) expect((await look(page, block)).whole).toBe(true)
  },
)

story(
  'a goal is described with event names anybody may type, as in the inspector',
  async ({ page, shop }) => {
    await openJourney(page, shop, 'Goal')
    const form = page.getByRole('form', { name: 'Or describe the goal' })
    const [after, should] = [form.getByLabel('After the event'), form.getByLabel('customers should do')]
    for (const box of [after, should]) await expect(box).toHaveAttribute('placeholder', 'For example: order')
    await after.fill('cart filled')
    await page.getByRole('option', { name: 'Use “cart filled”' }).click()
    await should.fill('order')
    await should.press('Tab')
    await form.getByRole('button', { name: 'Draft it' }).click()
    await expect(page.locator('.react-flow__node', { hasText: 'When “cart filled” comes' })).toBeVisible()
    for (const block of ['event_entry', 'goal', 'exit']) expect((await look(page, block)).whole).toBe(true)
  },
)
