import type { Page } from '@playwright/test'
import { type Letter, letters } from '../build.ts'
import { editor } from './editor.ts'
import { expect } from './story.ts'

const { field } = editor

/** Chooses the letter that the block in the panel sends. */
export async function chooseLetter(page: Page, letter: Letter): Promise<void> {
  const template = field(page, 'template').getByRole('combobox')
  await template.click()
  await page.getByRole('option', { name: letters[letter] }).click()
  await expect(template).toHaveValue(letters[letter])
}

/** Lets through the first output of the split in the panel whoever ordered for more than 50. */
export async function askForTotal(page: Page): Promise<void> {
  const output = field(page, 'cases.0')
  await output.getByRole('button', { name: 'Add comparison' }).click()
  await output.getByRole('combobox', { name: 'Which property' }).fill('total')
  await page.getByRole('option').filter({ hasText: 'total' }).click()
  await output.getByRole('combobox', { name: 'How it is compared' }).click()
  await page.getByRole('option', { name: 'over', exact: true }).click()
  await output.getByRole('textbox', { name: 'Value' }).fill('50')
  await expect(output.locator('[data-sentence]')).toHaveText(/total.* over 50\.$/)
}
