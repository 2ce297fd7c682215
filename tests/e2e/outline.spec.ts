import type { Page } from '@playwright/test'
import { buildMainJourney, type JourneyAnswer } from '../build.ts'
import { editor, expectSaved } from './editor.ts'
import { openJourney } from './open-journey.ts'
import { expect, story } from './story.ts'

const { field, panel } = editor

const block = (page: Page, id: string) => page.locator(`[data-outline="${id}"]`)

story('the outline can do what the canvas can', async ({ page, shop, templates }) => {
  const id = await openJourney(page, shop, 'As a list', buildMainJourney(templates))
  const draft = async () => {
    await expectSaved(page)
    return (await shop.get<JourneyAnswer>(`/journeys/${id}`)).draft
  }
  const target = async (from: string, output: string) =>
    (await draft()).edges.find((edge) => edge.from === from && edge.output === output)?.to
  const output = (from: string, words: string) =>
    block(page, from)
      .getByRole('listitem')
      .filter({ hasText: new RegExp(`^${words}`) })
  await page.getByRole('button', { name: 'Outline' }).click()

  await output('next_order', 'It came').getByRole('button', { name: 'Add a block after “It came”' }).click()
  await page.locator('[data-kind="wait"]').click()
  await field(page, 'for').getByRole('textbox').fill('2')
  await panel(page).getByRole('button', { name: 'Close' }).click()
  expect(await target('next_order', 'happened')).toBe('wait')
  expect(await target('wait', 'next')).toBe('thanks')

  await block(page, 'wait').getByRole('button', { name: 'Move later' }).click()
  expect(await target('next_order', 'happened')).toBe('thanks')
  expect(await target('thanks', 'sent')).toBe('wait')
  await block(page, 'wait').getByRole('button', { name: 'Move earlier' }).click()
  expect(await target('thanks', 'sent')).toBeUndefined()

  await output('large', 'Otherwise').getByRole('button', { name: 'Delete this connection' }).click()
  expect(await target('large', 'else')).toBeUndefined()
  await output('large', 'Otherwise').getByRole('button', { name: 'Connect to…' }).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /Reminder/ })
    .click()
  expect(await target('large', 'else')).toBe('reminder')

  await block(page, 'reminder').getByRole('button', { name: 'Duplicate' }).click()
  expect((await draft()).nodes.map(({ kind }) => kind).filter((kind) => kind === 'send_email')).toHaveLength(
    4,
  )
  await block(page, 'large').getByRole('button', { name: 'Delete', exact: true }).click()
  const question = page.getByRole('dialog', { name: 'Delete “Large order?”?' })
  await question.getByRole('radio', { name: 'Otherwise → Reminder' }).click()
  await question.getByRole('button', { name: 'Delete' }).click()
  expect(await target('next_order', 'timed_out')).toBe('reminder')
})

story('on a phone a panel opens, closes and lets one walk away', async ({ page, shop, templates }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await openJourney(page, shop, 'On a phone', buildMainJourney(templates))
  const problems = page.locator('[data-problems-button]')
  await expect(problems).toBeVisible()
  await problems.focus()
  await page.keyboard.press('Enter')
  await expect(panel(page)).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(panel(page)).toHaveCount(0)
  await expect(problems).toBeFocused()

  await page.getByRole('button', { name: 'More', exact: true }).first().click()
  await page.getByRole('menuitem', { name: 'Journey settings' }).click()
  await expect(panel(page)).toBeFocused()
  await panel(page).getByRole('combobox', { name: 'Add an event' }).focus()
  await page.keyboard.type('or')
  await expect(page.getByRole('listbox')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('listbox')).toHaveCount(0)
  await expect(panel(page)).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(panel(page)).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'More', exact: true }).first()).toBeFocused()

  await page.getByRole('button', { name: 'More', exact: true }).first().click()
  await page.getByRole('menuitem', { name: 'Versions' }).click()
  await expect(page.getByRole('dialog', { name: 'Versions' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'More', exact: true }).first()).toBeFocused()

  await block(page, 'thanks').getByRole('button', { name: 'What to do with “Thank you”' }).click()
  await page.getByRole('menuitem', { name: 'Edit' }).click()
  await expect(panel(page)).toBeVisible()
  await page.getByRole('link', { name: 'Customers' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Customers' })).toBeVisible()
})
