import type { Locator, Page } from '@playwright/test'
import { buildKey, buildMainJourney, type JourneyAnswer, track, type WorkspaceCaller } from '../build.ts'
import { drag, editor, expectSaved, expectStill } from './editor.ts'
import { uploadMappedFile } from './fast-run.ts'
import { openJourney } from './open-journey.ts'
import { expect, story } from './story.ts'

const { card, field, handle, palette, panel } = editor

async function openEmptyJourney(page: Page, shop: WorkspaceCaller): Promise<string> {
  const id = await openJourney(page, shop, 'Begun early')
  await page.getByRole('button', { name: 'Begin with “Event”' }).click()
  await expect(panel(page)).toBeVisible()
  return id
}

const option = (page: Page, name: string): Locator => page.getByRole('option').filter({ hasText: name })

async function placesOf(page: Page): Promise<Record<string, { x: number; y: number }>> {
  const found = await page.locator('.react-flow__node').evaluateAll((cards) =>
    cards.map((one) => {
      const { x, y } = one.getBoundingClientRect()
      return [one.getAttribute('data-id') ?? '', { x: Math.round(x), y: Math.round(y) }] as const
    }),
  )
  return Object.fromEntries(found)
}

story(
  'before the first event, fields offer what a waiting file, this draft and other journeys name',
  async ({ page, shop, context }) => {
    await uploadMappedFile(context.request, shop, [['anna', '20260101', 77]])
    const entry = { kind: 'event_entry', name: '', position: { x: 0, y: 0 } }
    const graph = {
      nodes: [{ ...entry, id: 'e', config: { event: 'visit', key: 'page' } }],
      edges: [],
      settings: { reentry: { mode: 'never' }, exitRules: [] },
    }
    await shop.post('/journeys', { name: 'Win-back', graph })
    await openEmptyJourney(page, shop)

    await field(page, 'event').getByRole('combobox').click()
    await expect(option(page, 'order')).toContainText('in the file orders.csv, not brought in yet')
    await expect(option(page, 'visit')).toContainText('named in “Win-back”')
    await option(page, 'order').click()
    await field(page, 'key').getByRole('combobox').click()
    await expect(option(page, 'total')).toContainText('in the file orders.csv')
    await page.keyboard.press('Escape')

    await field(page, 'event').getByRole('combobox').fill('purchase')
    await page.keyboard.press('Enter')
    await handle(page, 'event_entry', 'next').click()
    await page.locator('[data-kind="wait_event"]').click()
    await field(page, 'event').getByRole('combobox').click()
    await expect(option(page, 'purchase')).toContainText('named in this journey')
  },
)

story(
  'a name typed out in full is taken, whatever else contains it and wherever the pointer rests',
  async ({ page, shop, context }) => {
    const key = await buildKey(shop, 'secret')
    const cancelled = { messageId: 'one', userId: 'anna', event: 'order cancelled' }
    expect(await track(context.request, key, cancelled)).toMatchObject({ status: 202 })
    await openEmptyJourney(page, shop)
    const event = field(page, 'event').getByRole('combobox')
    await event.fill('order')
    await expect(option(page, 'order cancelled')).toBeVisible()
    await page.getByRole('option', { name: 'Use “order”' }).click()

    await handle(page, 'event_entry', 'next').click()
    await page.locator('[data-kind="wait_event"]').click()
    await event.fill('order')
    await expect(option(page, 'named in this journey')).toBeVisible()
    await option(page, 'order cancelled').dispatchEvent('mouseover')
    await page.keyboard.press('Enter')
    await expect(event).toHaveValue('order')
  },
)

story('what is said of an event that never came moves no field of a block', async ({ page, shop }) => {
  await openEmptyJourney(page, shop)
  await handle(page, 'event_entry', 'next').click()
  await page.locator('[data-kind="wait_event"]').click()
  const outputs = panel(page).getByRole('region', { name: 'What comes next' })
  const places = () =>
    Promise.all([field(page, 'within'), outputs].map(async (one) => (await one.boundingBox())?.y))
  // Until the draft has been judged, nothing is said of any block.
  await expect(page.locator('[data-problems-button]')).toBeVisible()
  await expect(outputs).toBeVisible()
  const before = await places()
  await field(page, 'event').getByRole('combobox').fill('purchase')
  await page.keyboard.press('Enter')
  await expect(panel(page)).toContainText('No event called “purchase” has come in yet.')
  await expect.poll(places).toEqual(before)

  await handle(page, 'wait_event', 'timed_out').click()
  await page.locator('[data-kind="condition"]').click()
  const name = field(page, 'cases.0').getByRole('textbox', { name: 'Name of output 1' })
  await expect(name).toHaveAttribute('placeholder', 'Yes, unless you name it')
})

story('a fresh block says quietly what it needs and alarms once it was left', async ({ page, shop }) => {
  await openEmptyJourney(page, shop)
  const entry = card(page, 'event_entry')
  await expect(entry).toContainText('Choose an event')
  await expect(entry.locator('[data-needs]')).toBeVisible()
  await expect(panel(page).locator('[aria-invalid]')).toHaveCount(0)
  await expect(page.locator('[data-problems-button]')).toContainText('1 error')

  await handle(page, 'event_entry', 'next').click()
  await page.locator('[data-kind="send_email"]').click()
  await expect(entry.locator('[data-errors]')).toBeVisible()
  const mail = card(page, 'send_email')
  await expect(mail).toContainText('Choose a template')
  await expect(mail.locator('[data-needs]')).toBeVisible()

  await page.getByRole('button', { name: 'Publish', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
  await expect(mail.locator('[data-errors]')).toBeVisible()
  await expect(field(page, 'template').getByRole('combobox')).toHaveAttribute('aria-invalid', 'true')
})

story(
  'adding a block moves the canvas only when it would not be seen, and at once',
  async ({ page, shop }) => {
    await page.setViewportSize({ width: 1440, height: 900 })
    await openEmptyJourney(page, shop)
    const add = async (from: string, output: string, kind: string) => {
      const before = await placesOf(page)
      await handle(page, from, output).click()
      await page.locator(`[data-kind="${kind}"]`).click()
      await expect(page.locator(`.react-flow__node[data-id="${kind}"].selected`)).toBeVisible()
      const soon = await placesOf(page)
      await expectStill(page)
      expect(await placesOf(page)).toEqual(soon)
      return { before, soon }
    }
    const near = await add('event_entry', 'next', 'wait')
    expect(near.soon.event_entry).toEqual(near.before.event_entry)
    await add('wait', 'next', 'send_email')
    const far = await add('send_email', 'sent', 'goal')
    expect(far.soon.send_email?.x).toBeLessThan(far.before.send_email?.x ?? 0)
    const seen = await page.locator('[data-panel]').boundingBox()
    expect((far.soon.goal?.x ?? 0) + 240).toBeLessThan(seen?.x ?? 0)

    // What is seen right after an addition is what a press hits: no wait between the two.
    await handle(page, 'goal', 'next').click()
    await page.locator('[data-kind="exit"]').click()
    const there = await placesOf(page)
    await page.mouse.click((there.goal?.x ?? 0) + 60, (there.goal?.y ?? 0) + 30)
    await expect(page.getByRole('complementary', { name: 'Block “Goal”' })).toBeVisible()

    const { goal, ...others } = await placesOf(page)
    await drag(page, palette(page, 'wait_event'), { x: 600, y: (goal?.y ?? 0) + 200 })
    await expect(card(page, 'wait_event')).toBeVisible()
    const { wait_event: _, ...after } = await placesOf(page)
    expect(after).toEqual({ goal, ...others })
    await expectSaved(page)
  },
)

story(
  'an event that never came is said once in the receipt, with its blocks, and leads there',
  async ({ page, shop }) => {
    // As on a busy machine, where what should come at once comes after the next frames.
    await page.addInitScript(() => {
      const later = window.setTimeout
      const slow = (run: () => void, ms?: number) => later(run, ms || 100)
      Object.assign(window, { setTimeout: slow })
    })
    await openEmptyJourney(page, shop)
    const name = async (event: string) => {
      await field(page, 'event').getByRole('combobox').fill(event)
      await page.keyboard.press('Enter')
    }
    await name('order')
    await handle(page, 'event_entry', 'next').click()
    await page.locator('[data-kind="wait_event"]').click()
    await name('order')
    await page.getByRole('button', { name: 'Publish', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: /^Publish/ })
    const unseen = dialog.locator('[data-problem="event_never_seen"]')
    await expect(unseen).toHaveCount(1)
    await expect(unseen.getByRole('button')).toHaveText(['Event', 'Wait for event'])
    await unseen.getByRole('button', { name: 'Event', exact: true }).click()
    await expect(dialog).toBeHidden()
    await expect(page.getByRole('complementary', { name: 'Block “Event”' })).toBeVisible()
    const event = field(page, 'event').getByRole('combobox')
    await expect(event).toBeFocused()
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)))
    expect(await event.evaluate((one) => one === document.activeElement), 'and stays so').toBe(true)
  },
)

story(
  'a line drawn in the place of another is said, with the way back',
  async ({ page, shop, templates }) => {
    const id = await openJourney(page, shop, 'Lines', buildMainJourney(templates))
    await drag(page, handle(page, 'next_order', 'happened'), card(page, 'offer'))
    await expect(
      page.getByText('The new line took the place of the old one', { exact: false }).first(),
    ).toBeVisible()
    const target = async () =>
      (await shop.get<JourneyAnswer>(`/journeys/${id}`)).draft.edges.find(
        ({ output }) => output === 'happened',
      )?.to
    await expect.poll(target).toBe('offer')
    await page.getByRole('button', { name: 'Undo', exact: true }).last().click()
    await expect.poll(target).toBe('thanks')
  },
)
