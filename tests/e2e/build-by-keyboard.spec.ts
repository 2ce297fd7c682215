import type { Locator, Page } from '@playwright/test'
import { buildMainJourney, type Letter, letters } from '../build.ts'
import { editor, expectPublished, expectReceipt, expectSaved, journeyIdOf } from './editor.ts'
import { openJourney } from './open-journey.ts'
import { expect, story } from './story.ts'

const { field, panel } = editor

/** Walks with Tab (or Shift+Tab) until a thing has the focus: what Tab cannot reach fails the story. */
async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await expect(target).toBeVisible()
  for (let presses = 0; presses < 60; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press(key)
  }
  throw new Error(`${key} does not reach ${target}`)
}

async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key)
}

/** Adds a kind behind the focused card; its panel opens in its first field. */
async function addBehind(page: Page, words: string): Promise<void> {
  await press(page, 'a')
  await expect(page.getByRole('combobox', { name: 'What comes here?' })).toBeFocused()
  await page.keyboard.type(words)
  await press(page, 'Enter')
  await expect(panel(page)).toBeVisible()
}

async function closePanel(page: Page, card: string): Promise<void> {
  await press(page, 'Escape')
  await expect(panel(page)).toHaveCount(0)
  await expect(page.locator(`[data-card="${card}"]`)).toBeFocused()
}

async function typeEvent(page: Page, event: string): Promise<void> {
  const box = field(page, 'event').getByRole('combobox')
  await expect(box).toBeFocused()
  await page.keyboard.type(event)
  await press(page, 'Enter')
  await expect(box).toHaveValue(event)
}

async function typeLetter(page: Page, letter: Letter): Promise<void> {
  const box = field(page, 'template').getByRole('combobox')
  await expect(box).toBeFocused()
  await page.keyboard.type(letters[letter])
  await expect(page.getByRole('option', { name: letters[letter] })).toBeVisible()
  await press(page, 'Enter')
  await expect(box).toHaveValue(letters[letter])
}

async function typeQuestion(page: Page): Promise<void> {
  const place = field(page, 'cases.0')
  await expect(place.getByRole('textbox', { name: 'Name of output 1' })).toBeFocused()
  await page.keyboard.type('Over 50')
  await tabTo(page, place.getByRole('button', { name: 'Add comparison' }))
  await press(page, 'Enter')
  await tabTo(page, place.getByRole('combobox', { name: 'Which property' }), 'Shift+Tab')
  await page.keyboard.type('total')
  await press(page, 'Enter')
  await tabTo(page, place.getByRole('textbox', { name: 'Value' }))
  await page.keyboard.type('50')
  await expect(place.locator('[data-sentence]')).toHaveText(/total.* over 50\.$/)
}

story('a journey is built and published by keyboard alone', async ({ page, shop, templates }) => {
  story.slow()
  await page.goto('/journeys')
  await tabTo(page, page.getByRole('button', { name: 'New journey' }).first())
  await press(page, 'Enter')
  await tabTo(page, page.getByRole('dialog').getByLabel('Name'))
  await page.keyboard.type('By keyboard')
  await press(page, 'Enter')
  await tabTo(page, page.getByRole('button', { name: 'Begin with “Event”' }))
  await press(page, 'Enter')
  await typeEvent(page, 'order')
  await closePanel(page, 'event_entry')

  await addBehind(page, 'wait for event')
  await typeEvent(page, 'order')
  await tabTo(page, field(page, 'within').getByRole('textbox'))
  await press(page, 'Control+a')
  await page.keyboard.type('30')
  await closePanel(page, 'wait_event')

  await addBehind(page, 'email')
  await typeLetter(page, 'thanks')
  await closePanel(page, 'send_email')
  await press(page, 'ArrowLeft')
  await expect(page.locator('[data-card="wait_event"]')).toBeFocused()

  await addBehind(page, 'condition')
  await typeQuestion(page)
  await closePanel(page, 'condition')
  await addBehind(page, 'email')
  await typeLetter(page, 'offer')
  await closePanel(page, 'send_email_2')
  await press(page, 'ArrowLeft')
  await addBehind(page, 'email')
  await typeLetter(page, 'reminder')
  await closePanel(page, 'send_email_3')
  await expectSaved(page)

  await tabTo(page, page.getByRole('button', { name: 'Publish', exact: true }), 'Shift+Tab')
  await press(page, 'Enter')
  const receipt = await expectReceipt(page)
  await tabTo(page, receipt.getByRole('button', { name: 'Publish', exact: true }))
  await press(page, 'Enter')
  await expect(page.getByText('Version 1 is live.', { exact: true })).toBeVisible()
  await expectPublished(shop, journeyIdOf(page), templates)

  await tabTo(page, page.getByRole('button', { name: 'More', exact: true }), 'Shift+Tab')
  await press(page, 'Enter', 'ArrowDown')
  await expect(page.getByRole('menuitem', { name: 'Versions' })).toBeFocused()
  await press(page, 'Enter')
  await expect(page.getByRole('dialog', { name: 'Versions' }).getByRole('listitem')).toHaveCount(1)
})

story('what is typed the moment a block was added goes into its first field', async ({ page, shop }) => {
  await openJourney(page, shop, 'Typed on')
  await page.getByRole('button', { name: 'Begin with “Event”' }).click()
  await typeEvent(page, 'order')
  await closePanel(page, 'event_entry')
  await press(page, 'a')
  await expect(page.getByRole('combobox', { name: 'What comes here?' })).toBeFocused()
  await page.keyboard.type('wait for event')
  await Promise.all([page.keyboard.press('Enter'), page.keyboard.type('order')])
  await expect(field(page, 'event').getByRole('combobox')).toHaveValue('order')
})

story(
  'the keys of the canvas work before anything on it has the focus',
  async ({ page, shop, templates }) => {
    await openJourney(page, shop, 'Nothing focused', buildMainJourney(templates))
    await expect(editor.card(page, 'thanks')).toBeVisible()
    await press(page, 'a')
    const picker = page.getByRole('combobox', { name: 'What comes here?' })
    await expect(picker).toBeFocused()
    await press(page, 'Escape')
    await expect(picker).toHaveCount(0)

    await page.locator('.react-flow__pane').click({ position: { x: 500, y: 600 } })
    await press(page, 'Shift+?')
    await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible()
  },
)
