import type { Page } from '@playwright/test'
import { buildMainJourney, type JourneyAnswer } from '../build.ts'
import { editor, expectSaved } from './editor.ts'
import { expect, lookAt, story } from './story.ts'

const { card, panel } = editor

async function rename(page: Page, node: string, name: string): Promise<void> {
  await card(page, node).click({ position: { x: 60, y: 15 } })
  await panel(page).getByRole('textbox', { name: 'Name of the block' }).fill(name)
}

story('two tabs change one draft and nothing is lost', async ({ page, context, shop, templates }) => {
  const { id } = await shop.post<JourneyAnswer>('/journeys', {
    name: 'Both of us',
    graph: buildMainJourney(templates),
  })
  const nameOf = async (journey: string) =>
    (await shop.get<JourneyAnswer>(`/journeys/${journey}`)).draft.nodes.find(
      (node) => node.id === 'next_order',
    )?.name
  const other = await context.newPage()
  await lookAt(other, shop)
  const dialog = page.getByRole('dialog', { name: 'Somebody else changed this journey' })
  await page.goto(`/journeys/${id}`)
  await other.goto(`/journeys/${id}`)

  const collide = async (theirs: string, mine: string) => {
    await rename(other, 'next_order', theirs)
    await expectSaved(other)
    await expect.poll(() => nameOf(id)).toBe(theirs)
    await rename(page, 'next_order', mine)
    await expect(dialog).toBeVisible()
    expect(await nameOf(id)).toBe(theirs)
  }

  await collide('Theirs 1', 'Mine 1')
  await dialog.getByRole('button', { name: 'Keep mine' }).click()
  await expect.poll(() => nameOf(id)).toBe('Mine 1')

  await other.reload()
  await collide('Theirs 2', 'Mine 2')
  await dialog.getByRole('button', { name: 'Take theirs' }).click()
  await expect(dialog).toBeHidden()
  await expect(card(page, 'next_order')).toContainText('Theirs 2')
  expect(await nameOf(id)).toBe('Theirs 2')

  await collide('Theirs 3', 'Mine 3')
  const opening = context.waitForEvent('page')
  await dialog.getByRole('button', { name: 'Mine as a copy' }).click()
  const copy = await opening
  await expect(card(page, 'next_order')).toContainText('Theirs 3')
  await expect(card(copy, 'next_order')).toContainText('Mine 3')
  await expect(copy.getByRole('heading', { level: 1 })).toHaveText('Both of us (copy)')
})
