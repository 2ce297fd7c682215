import { expect, type Page, test } from '@playwright/test'
import type { Graph } from '@tropa/journey'
import {
  buildCustomer,
  buildKey,
  buildLiveJourney,
  buildMainJourney,
  buildWorkspace,
  type Letter,
  letters,
  signInAsDemo,
  track,
  type WorkspaceCaller,
} from '../build.ts'
import { type OwnStack, ownStack } from './own-stack.ts'
import { expectWaitsForEvent, passageOf } from './passage.ts'
import { lookAt } from './story.ts'

/** Signed up → wait → the offer: its time passes while nothing runs. */
function timedJourney(templates: Record<Letter, string>): Graph {
  const main = buildMainJourney(templates)
  const wait = { kind: 'wait', name: 'A pause', config: { for: '8s' }, position: { x: 320, y: 0 } }
  return {
    ...main,
    nodes: [
      ...main.nodes
        .filter(({ id }) => id === 'ordered' || id === 'offer')
        .map((node) => (node.id === 'ordered' ? { ...node, config: { event: 'signup' } } : node)),
      { id: 'pause', ...wait },
    ],
    edges: [
      { id: 'a', from: 'ordered', output: 'next', to: 'pause' },
      { id: 'b', from: 'pause', output: 'next', to: 'offer' },
    ],
  }
}

async function subjectsTo(shop: WorkspaceCaller, name: string): Promise<string[]> {
  const { items } = await shop.get<{ items: { subject: string }[] }>(`/mails?to=${name}@example.test`)
  return items.map(({ subject }) => subject)
}

async function expectWaiting(page: Page, shop: WorkspaceCaller, customer: string): Promise<void> {
  await expectWaitsForEvent(shop, customer)
  const found = await passageOf(shop, customer)
  await page.goto(`/journeys/${found?.journeyId}/enrollments/${found?.id}`)
  await expect(page.getByText('waits for an event').first()).toBeVisible()
}

let stack: OwnStack

test.beforeAll(async () => {
  test.setTimeout(240_000)
  stack = await ownStack()
  await stack.start()
})

test.afterAll(() => stack?.remove())

test('customers in the middle of a journey go on after the whole stack is stopped, and after it is killed', async ({
  browser,
}) => {
  test.setTimeout(300_000)
  const context = await browser.newContext({ baseURL: stack.address })
  const page = await context.newPage()
  await signInAsDemo(context.request)
  const { shop, templates } = await buildWorkspace(context.request, 'Restarted')
  await lookAt(page, shop)
  const ids: Record<string, string> = {}
  for (const name of ['anna', 'boris', 'vera', 'gleb'])
    ids[name] = await buildCustomer(shop, {
      externalId: name,
      email: `${name}@example.test`,
      firstName: name,
    })
  await buildLiveJourney(shop, 'Second order', buildMainJourney(templates))
  await buildLiveJourney(shop, 'Signed up', timedJourney(templates))
  const key = await buildKey(shop, 'secret')
  const send = async (name: string, event: string, number: number) =>
    expect(
      await track(context.request, key, { messageId: `${name}-${event}-${number}`, userId: name, event }),
    ).toMatchObject({ status: 202, body: { status: 'stored' } })

  await send('anna', 'order', 1)
  await send('boris', 'order', 1)
  await expectWaiting(page, shop, ids.boris ?? '')
  await expectWaiting(page, shop, ids.anna ?? '')

  expect(await stack.stop()).toBe(0)
  await stack.start()
  await page.reload()
  await expect(page.getByText('waits for an event').first()).toBeVisible()
  await send('anna', 'order', 2)
  await expect.poll(() => subjectsTo(shop, 'anna'), { timeout: 60_000 }).toEqual([`${letters.thanks}, anna`])

  // Accepted, and everything dies before anybody can have looked at it.
  await send('vera', 'signup', 1)
  await send('gleb', 'order', 1)
  await stack.killAll()
  await stack.start()
  await expectWaiting(page, shop, ids.gleb ?? '')
  for (const name of ['boris', 'gleb']) await send(name, 'order', 2)
  for (const [name, letter] of [
    ['boris', 'thanks'],
    ['vera', 'offer'],
    ['gleb', 'thanks'],
  ] as const)
    await expect
      .poll(() => subjectsTo(shop, name), { timeout: 60_000 })
      .toEqual([`${letters[letter]}, ${name}`])
  expect(await subjectsTo(shop, 'anna')).toHaveLength(1)
  await page.goto('/mailbox')
  await expect(page.locator('[data-mail]')).toHaveCount(4)
  await context.close()
})
