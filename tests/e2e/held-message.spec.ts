import { expect, test } from '@playwright/test'
import { FakeSmtpServer } from '@tropa/connectors/fake-smtp'
import { buildCustomer, buildKey, buildLiveJourney, buildWorkspace, signInAsDemo, track } from '../build.ts'
import { type OwnStack, ownStack } from './own-stack.ts'
import { lookAt } from './story.ts'

let server: FakeSmtpServer
let stack: OwnStack

test.beforeAll(async () => {
  test.setTimeout(180_000)
  server = await FakeSmtpServer.start()
  stack = await ownStack({ SMTP_URL: `smtp://127.0.0.1:${server.port}?from=shop@example.test` })
  await stack.start()
})
test.afterAll(async () => {
  await stack?.remove()
  await server?.stop()
})

test('a message whose answer is lost is held until a member decides', async ({ browser }) => {
  test.setTimeout(180_000)
  const context = await browser.newContext({ baseURL: stack.address })
  const page = await context.newPage()
  await signInAsDemo(context.request)
  const { shop, templates } = await buildWorkspace(context.request, 'Held')
  await lookAt(page, shop)
  const place = { name: '', position: { x: 0, y: 0 } }
  const config = {
    template: templates.thanks,
    messageClass: 'marketing',
    topic: '',
    connection: null,
    ifUnknown: 'hold',
  }
  const journey = await buildLiveJourney(shop, 'One letter', {
    nodes: [
      { ...place, id: 'start', kind: 'event_entry', config: { event: 'order' } },
      { ...place, id: 'mail', kind: 'send_email', config, position: { x: 320, y: 0 } },
    ],
    edges: [{ id: 'a', from: 'start', output: 'next', to: 'mail' }],
    settings: { reentry: { mode: 'never' }, exitRules: [] },
  })
  await buildCustomer(shop, { externalId: 'anna', email: 'anna@example.test', firstName: 'Anna' })
  server.script({ at: 'dot', do: 'accept-then-cut' })
  const key = await buildKey(shop, 'secret')
  await track(context.request, key, { messageId: 'o1', userId: 'anna', event: 'order' })
  const passages = async () => (await shop.get<{ items: { id: string }[] }>('/enrollments')).items
  await expect.poll(async () => (await passages()).length, { timeout: 30_000 }).toBe(1)
  await page.goto(`/journeys/${journey.id}/enrollments/${(await passages())[0]?.id}`)
  await expect(page.getByText('The message waits for a decision')).toBeVisible({ timeout: 40_000 })
  expect(server.ledger).toHaveLength(1)

  await page.getByRole('button', { name: 'Send again' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('The customer may get it twice.')
  await dialog.getByRole('button', { name: 'Send again' }).click()
  await expect(dialog).toContainText('Write the reason')
  await dialog.getByLabel('Reason').fill('she says nothing came')
  await dialog.getByRole('button', { name: 'Send again' }).click()
  await expect(page.getByText('completed', { exact: true })).toBeVisible({ timeout: 30_000 })
  expect(server.ledger).toHaveLength(2)
  await page.getByRole('tab', { name: 'Attempts' }).click()
  await expect(page.getByText('answer lost: may have been accepted')).toBeVisible()
  await expect(page.getByText('Attempt 2')).toBeVisible()
  await context.close()
})
