import type { Page } from '@playwright/test'
import { buildMainJourney, type JourneyAnswer } from '../build.ts'
import { editor, expectReceipt, expectSaved, openCard } from './editor.ts'
import { openJourney } from './open-journey.ts'
import { expect, lookAt, story } from './story.ts'

const { card, panel } = editor

async function rename(page: Page, node: string, name: string): Promise<void> {
  await openCard(page, node)
  await panel(page).getByRole('textbox', { name: 'Name of the block' }).fill(name)
}

story('two tabs change one draft and nothing is lost', async ({ page, context, shop, templates }) => {
  const id = await openJourney(page, shop, 'Both of us', buildMainJourney(templates))
  const nameOf = async (journey: string) =>
    (await shop.get<JourneyAnswer>(`/journeys/${journey}`)).draft.nodes.find(
      (node) => node.id === 'next_order',
    )?.name
  const other = await context.newPage()
  await lookAt(other, shop)
  const dialog = page.getByRole('dialog', { name: 'Somebody else changed this journey' })
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

story(
  'what somebody else saved after the check is not published unseen',
  async ({ page, context, shop, templates }) => {
    const id = await openJourney(page, shop, 'Seen first', buildMainJourney(templates))
    const other = await context.newPage()
    await lookAt(other, shop)
    await page.getByRole('button', { name: 'Publish', exact: true }).click()
    const receipt = await expectReceipt(page)
    await other.goto(`/journeys/${id}`)
    await rename(other, 'next_order', 'Theirs')
    await expectSaved(other)

    await receipt.getByRole('button', { name: 'Publish', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: 'Somebody else changed this journey' })
    await expect(dialog).toBeVisible()
    expect((await shop.get<JourneyAnswer>(`/journeys/${id}`)).liveVersion).toBeNull()
    await dialog.getByRole('button', { name: 'Take theirs' }).click()
    await expect(card(page, 'next_order')).toContainText('Theirs')
    await page.getByRole('button', { name: 'Publish', exact: true }).click()
    await (await expectReceipt(page)).getByRole('button', { name: 'Publish', exact: true }).click()
    await expect(page.getByText('Version 1 is live.', { exact: true })).toBeVisible()
  },
)

story('who leaves with changes that could not be saved is asked first', async ({ page, shop, templates }) => {
  await openJourney(page, shop, 'Not lost', buildMainJourney(templates))
  await page.route('**/draft', (route) => route.abort())
  await rename(page, 'next_order', 'Only here')
  await expect(page.locator('[data-save-state="offline"]')).toBeVisible()
  await page.getByRole('button', { name: 'Outline' }).click()
  await expect(page).toHaveURL(/view=outline/)

  const leave = async (answer: 'accept' | 'dismiss') => {
    const asked = page.waitForEvent('dialog')
    await Promise.all([
      asked.then((dialog) => dialog[answer]()),
      page.getByRole('link', { name: 'Customers' }).click(),
    ])
    return (await asked).message()
  }
  expect(await leave('dismiss')).toContain('could not be saved')
  await expect(page.locator('[data-outline="next_order"]')).toContainText('Only here')
  await leave('accept')
  await expect(page).toHaveURL(/\/customers/)
})
