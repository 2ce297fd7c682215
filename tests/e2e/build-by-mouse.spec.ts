import type { Page } from '@playwright/test'
import { askForTotal, chooseLetter } from './block-panel.ts'
import { drag, editor, expectPublished, expectReceipt, expectSaved, journeyIdOf } from './editor.ts'
import { expect, story } from './story.ts'

const { card, field, handle, palette, panel } = editor

async function pickKind(page: Page, kind: string): Promise<void> {
  await page.locator(`[data-kind="${kind}"]`).click()
}

async function nameEvent(page: Page, event: string): Promise<void> {
  await field(page, 'event').getByRole('combobox').fill(event)
  await page.getByRole('option').filter({ hasText: event }).click()
  await expect(field(page, 'event').getByRole('combobox')).toHaveValue(event)
}

story(
  'a journey is built on an empty canvas and published, by mouse alone',
  async ({ page, shop, templates }) => {
    story.slow()
    await page.goto('/journeys')
    await page.getByRole('button', { name: 'New journey' }).first().click()
    await page.getByRole('dialog').getByLabel('Name').fill('Second order')
    await page.getByRole('button', { name: 'Create' }).click()
    await page.getByRole('button', { name: 'Begin with “Event”' }).click()
    await nameEvent(page, 'order')

    await handle(page, 'event_entry', 'next').click()
    await pickKind(page, 'wait_event')
    await nameEvent(page, 'order')
    await field(page, 'within').getByRole('textbox').fill('30')

    await handle(page, 'wait_event', 'happened').click()
    await pickKind(page, 'send_email')
    await chooseLetter(page, 'thanks')

    await palette(page, 'condition').dragTo(page.locator('.react-flow__pane'), {
      targetPosition: { x: 700, y: 620 },
    })
    await expect(card(page, 'condition')).toBeVisible()
    await drag(page, handle(page, 'wait_event', 'timed_out'), card(page, 'condition'))
    await expect(page.locator('.react-flow__edge')).toHaveCount(3)
    await card(page, 'condition').click({ position: { x: 60, y: 20 } })
    await field(page, 'cases.0').getByRole('textbox', { name: 'Name of output 1' }).fill('Over 50')
    await askForTotal(page)

    await handle(page, 'condition', 'yes').click()
    await pickKind(page, 'send_email')
    await chooseLetter(page, 'offer')
    await handle(page, 'condition', 'else').click()
    await pickKind(page, 'send_email')
    await chooseLetter(page, 'reminder')
    await panel(page).getByRole('button', { name: 'Close' }).click()
    await expectSaved(page)

    await page.getByRole('button', { name: 'Publish', exact: true }).click()
    const receipt = await expectReceipt(page)
    await receipt.getByRole('button', { name: 'Publish', exact: true }).click()
    await expect(page.getByText('Version 1 is live.', { exact: true })).toBeVisible()
    await expectPublished(shop, journeyIdOf(page), templates)

    await page.getByRole('button', { name: 'More', exact: true }).click()
    await page.getByRole('menuitem', { name: 'Versions' }).click()
    const versions = page.getByRole('dialog', { name: 'Versions' }).getByRole('listitem')
    await expect(versions).toHaveCount(1)
    await expect(versions).toContainText('Version 1')
    await expect(versions).toContainText('Live')
  },
)
