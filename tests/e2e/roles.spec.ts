import type { Browser, Page } from '@playwright/test'
import { buildLiveJourney, buildMainJourney, callerOf, type WorkspaceCaller } from '../build.ts'
import { expect, lookAt, story } from './story.ts'

/** Invites somebody, who joins in a browser of their own; answers their page. */
async function join(browser: Browser, shop: WorkspaceCaller, role: string, name: string): Promise<Page> {
  const { id } = await shop.post<{ id: string }>('/invitations', {
    email: `${name.toLowerCase()}-${shop.id}@example.test`,
    role,
  })
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(`/join?invitation=${id}`)
  await page.getByLabel('Your name').fill(name)
  await page.getByLabel('Password').fill('a long enough password')
  await page.getByRole('button', { name: /Join/ }).click()
  await expect(page.getByRole('heading', { name: 'Journeys', level: 1 })).toBeVisible()
  return page
}

story(
  'an analyst reads a journey but cannot change or publish it',
  async ({ page, browser, shop, templates }) => {
    const journey = await buildLiveJourney(shop, 'Second order', buildMainJourney(templates))
    await page.goto(`/journeys/${journey.id}`)
    await expect(page.getByRole('button', { name: 'Published', exact: true })).toBeVisible()

    const theirs = await join(browser, shop, 'analyst', 'Ada')
    const { request } = theirs.context()
    await lookAt(theirs, shop)
    await theirs.goto('/journeys')
    await expect(theirs.getByRole('link', { name: 'Second order' })).toBeVisible()
    await expect(theirs.getByRole('button', { name: 'New journey' })).toHaveCount(0)

    await theirs.goto(`/journeys/${journey.id}`)
    await expect(theirs.locator('[data-card="large"]')).toBeVisible()
    await theirs.locator('[data-card="next_order"]').click()
    await expect(
      theirs.locator('[data-panel] [data-field-name="event"]').getByRole('combobox'),
    ).toBeDisabled()
    // What the live version says is known by now, and with it which button would stand here.
    await expect(theirs.locator('[data-totals]')).toBeVisible()
    await expect(theirs.getByRole('button', { name: /^Publish/, includeHidden: true })).toHaveCount(0)
    await expect(theirs.locator('[data-palette]')).toHaveCount(0)

    const refused = [
      {
        method: 'post',
        path: `/journeys/${journey.id}/publish`,
        data: { revision: journey.revision, note: '' },
      },
      {
        method: 'put',
        path: `/journeys/${journey.id}/draft`,
        data: { revision: journey.revision, graph: journey.draft },
      },
      { method: 'post', path: '/journeys', data: { name: 'Mine' } },
      { method: 'post', path: '/keys', data: { kind: 'secret', name: 'Mine' } },
    ] as const
    for (const { method, path, data } of refused) {
      const answer = await request[method](`/api/w/${shop.id}${path}`, { data })
      expect(answer.status(), path).toBe(403)
      expect(await answer.json()).toMatchObject({ code: 'not_allowed' })
    }
    expect(await callerOf(request, shop.id).get(`/journeys/${journey.id}`)).toMatchObject({
      revision: journey.revision,
      liveVersion: { number: 1 },
    })
    await theirs.context().close()
  },
)

story(
  'the menu of workspaces tells a newcomer where they are and as whom, and makes a workspace of their own',
  async ({ browser, shop }) => {
    const page = await join(browser, shop, 'support', 'Nina')
    const opens = page.getByRole('button', { name: /^Workspace:/ })
    const menu = page.getByRole('menu')
    await opens.click()
    await expect(menu).toContainText(shop.name)
    await expect(menu).toContainText('Your role: support')
    await expect(menu).not.toContainText('Switch to')

    await menu.getByRole('menuitem', { name: 'New workspace…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Name of the workspace').fill('Her own')
    await dialog.getByRole('button', { name: 'Make it' }).click()
    await expect(opens).toHaveText('Her own')
    await expect(page.getByRole('heading', { name: 'Journeys', exact: true })).toBeVisible()
    await opens.click()
    await expect(menu).toContainText('Your role: owner')
    await menu.getByRole('menuitem', { name: shop.name }).click()
    await expect(opens).toHaveText(shop.name)
    await page.context().close()
  },
)
