import type { Page } from '@playwright/test'
import {
  buildLiveJourney,
  buildMainJourney,
  type JourneyAnswer,
  type Letter,
  type WorkspaceCaller,
} from '../build.ts'
import { editor, expectSaved, expectStill } from './editor.ts'
import { openJourney } from './open-journey.ts'
import { expect, story } from './story.ts'

const { card, field, handle, panel } = editor

interface Box {
  x: number
  y: number
  width: number
  height: number
}

function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
}

async function boxOf(page: Page, place: string): Promise<Box> {
  const box = await page.locator(place).boundingBox()
  if (!box) throw new Error(`${place} is not on the page.`)
  return box
}

async function cards(page: Page): Promise<Box[]> {
  await expectStill(page)
  const all = await page.locator('.react-flow__node').all()
  return (await Promise.all(all.map((one) => one.boundingBox()))).filter((box): box is Box => box !== null)
}

async function expectAllFree(page: Page): Promise<void> {
  const all = await cards(page)
  const pane = await boxOf(page, '.react-flow')
  const over = [await boxOf(page, '.react-flow__minimap'), await boxOf(page, '[role="toolbar"]')]
  for (const box of all) {
    expect(box.x).toBeGreaterThanOrEqual(pane.x)
    expect(box.y).toBeGreaterThanOrEqual(pane.y)
    expect(box.x + box.width).toBeLessThanOrEqual(pane.x + pane.width)
    for (const one of over) expect(overlap(box, one)).toBe(false)
  }
}

async function openMainJourney(
  page: Page,
  shop: WorkspaceCaller,
  templates: Record<Letter, string>,
): Promise<void> {
  await openJourney(page, shop, 'Second order', buildMainJourney(templates))
  await expect(card(page, 'ordered')).toBeVisible()
}

story('an empty canvas blames nobody, and the list of blocks keeps its order', async ({ page, shop }) => {
  await openJourney(page, shop, 'Beginning')
  const problems = page.locator('[data-problems-button]')
  await expect(problems).toHaveText('Nothing here yet')
  await page.getByRole('button', { name: 'Begin with “Event”' }).click()
  await expect(problems).toContainText('1 error')
  await expect(field(page, 'event').getByRole('combobox')).toHaveAttribute(
    'placeholder',
    'For example: order',
  )

  await expect(panel(page).getByRole('button', { name: 'Add an exit here' })).toBeVisible()

  const kinds = page.locator('[role="option"][data-kind]')
  const order = async () => {
    await expect(kinds).not.toHaveCount(0)
    return kinds.evaluateAll((all) => all.map((one) => one.getAttribute('data-kind')))
  }
  await handle(page, 'event_entry', 'next').click()
  const first = await order()
  await page.locator('[data-kind="send_email"]').click()
  await expect(field(page, 'messageClass')).toContainText('Kind of email')
  await expect(field(page, 'topic')).toBeHidden()
  await panel(page).getByText('More', { exact: true }).click()
  await expect(field(page, 'topic')).toBeVisible()
  await handle(page, 'send_email', 'sent').click()
  expect(await order()).toEqual(first)
})

story(
  'cards never lie under the palette, and a fit leaves minimap and controls free',
  async ({ page, shop, templates }) => {
    await openMainJourney(page, shop, templates)
    await expectAllFree(page)
    const palette = await boxOf(page, 'section[aria-label="Blocks"]')
    const pane = await boxOf(page, '.react-flow')
    expect(palette.x + palette.width).toBeLessThanOrEqual(pane.x)

    await page.getByRole('button', { name: 'Blocks', exact: true }).click()
    await expect.poll(async () => (await boxOf(page, '.react-flow')).width).toBeGreaterThan(pane.width)
    await page.getByRole('button', { name: 'Fit to screen' }).click()
    await expectAllFree(page)
  },
)

story('a view that shows next to nothing is not come back to', async ({ page, shop, templates }) => {
  await openMainJourney(page, shop, templates)
  await expectStill(page)
  const pane = await boxOf(page, '.react-flow')
  await page.mouse.move(pane.x + pane.width / 2, pane.y + pane.height - 160)
  for (let at = 0; at < 8; at += 1) await page.mouse.wheel(600, 600)
  await expectStill(page)
  await page.reload()
  await expect(card(page, 'ordered')).toBeVisible()
  await expectAllFree(page)
})

story(
  'a panel that pushed the canvas aside leaves no cut view to come back to',
  async ({ page, shop, templates }) => {
    await page.setViewportSize({ width: 1440, height: 900 })
    await openMainJourney(page, shop, templates)
    await expectAllFree(page)
    const before = (await boxOf(page, '[data-id="offer"]')).x
    await card(page, 'offer').click({ position: { x: 60, y: 15 } })
    await expect(panel(page)).toBeVisible()
    await expectStill(page)
    expect((await boxOf(page, '[data-id="offer"]')).x).toBeLessThan(before)
    await page.reload()
    await expect(card(page, 'ordered')).toBeVisible()
    await expectAllFree(page)
  },
)

story(
  'tidying what is live shows it whole and leaves nothing to publish, and a line leads to imports until someone enters',
  async ({ page, shop, templates }) => {
    const { id } = await buildLiveJourney(shop, 'Tidy', buildMainJourney(templates))
    await page.goto(`/journeys/${id}`)
    await expect(page.getByRole('button', { name: 'Published' })).toBeVisible()
    // The line above the canvas pushes it down when it comes.
    await expect(page.locator('[data-nobody-yet]')).toBeVisible()
    await card(page, 'next_order').click({ position: { x: 60, y: 15 } })
    await page.getByRole('button', { name: 'Tidy the layout' }).click()
    await expect(page.getByRole('button', { name: 'Tidy the layout' })).toBeEnabled()
    await expectSaved(page)
    const before = await shop.get<JourneyAnswer>(`/journeys/${id}`)
    const { graph } = await shop.get<{ graph: JourneyAnswer['draft'] }>(`/journeys/${id}/versions/1`)
    expect(before.draft).not.toEqual(graph)
    await expect(page.getByRole('button', { name: 'Published' })).toBeVisible()
    await expectAllFree(page)
    const all = await cards(page)
    for (const [at, one] of all.entries()) {
      for (const other of all.slice(at + 1)) {
        expect(overlap({ ...one, height: one.height + 12 }, { ...other, height: other.height + 12 })).toBe(
          false,
        )
      }
    }

    await page.locator('[data-nobody-yet]').getByRole('link', { name: 'Bring events in' }).click()
    await expect(page).toHaveURL(/\/imports$/)
    await page.goto(`/journeys/${id}`)
    await page.locator('[data-problems-button]').click()
    const problems = page.locator('[data-problem]')
    await expect(problems).toHaveCount(1)
    await problems.getByRole('link', { name: 'Go to Imports' }).click()
    await expect(page).toHaveURL(/\/imports$/)
  },
)
