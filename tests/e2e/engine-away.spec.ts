import { expect, test } from '@playwright/test'
import { buildWorkspace, signInAsDemo } from '../build.ts'
import { type OwnStack, ownStack } from './own-stack.ts'
import { lookAt } from './story.ts'

let stack: OwnStack

test.beforeAll(async () => {
  test.setTimeout(180_000)
  stack = await ownStack()
  await stack.start()
})
test.afterAll(() => stack?.remove())

test('members are told that journeys stand still, since when and that nothing is lost, until they move again', async ({
  browser,
}) => {
  test.setTimeout(180_000)
  const context = await browser.newContext({ baseURL: stack.address })
  await signInAsDemo(context.request)
  const { shop } = await buildWorkspace(context.request, 'Away')
  const page = await context.newPage()
  await lookAt(page, shop)
  await page.goto('/journeys')
  await expect(page.getByRole('heading', { name: 'Journeys', level: 1 })).toBeVisible()
  const told = page.locator('[data-away]')
  await expect(told).toHaveCount(0)

  stack.signal('worker', 'SIGSTOP')
  await expect(told).toHaveText(/Journeys have stood still since \d\d:\d\d.*Nothing is lost/, {
    timeout: 60_000,
  })
  await page.getByRole('link', { name: 'Customers' }).click()
  await expect(told, 'on every screen').toBeVisible()
  stack.signal('worker', 'SIGCONT')
  await expect(told).toHaveCount(0, { timeout: 60_000 })

  stack.signal('temporal', 'SIGSTOP')
  await expect(told).toContainText('Temporal does not answer', { timeout: 60_000 })
  stack.signal('temporal', 'SIGCONT')
  await expect(told).toHaveCount(0, { timeout: 60_000 })
  await context.close()
})
