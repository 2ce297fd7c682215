import type { Page } from '@playwright/test'
import type { Graph } from '@tropa/journey'
import {
  buildCustomer,
  buildKey,
  buildLiveJourney,
  buildMainJourney,
  type Letter,
  letters,
  track,
  type WorkspaceCaller,
} from '../build.ts'
import { expectWaitsForEvent, passageOf } from './passage.ts'
import { expect, story } from './story.ts'

interface Mail {
  id: string
  to: string
  subject: string
}

/** Made an order → the offer → wait for the next order → the thank-you. */
function twoLetters(templates: Record<Letter, string>): Graph {
  const graph = buildMainJourney(templates)
  const kept = graph.nodes.filter(({ id }) => !['large', 'reminder'].includes(id))
  return {
    ...graph,
    nodes: kept,
    edges: [
      { id: 'a', from: 'ordered', output: 'next', to: 'offer' },
      { id: 'b', from: 'offer', output: 'sent', to: 'next_order' },
      { id: 'c', from: 'next_order', output: 'happened', to: 'thanks' },
    ],
  }
}

const address = (name: string) => `${name}@example.test`

async function mailsTo(shop: WorkspaceCaller, name: string): Promise<Mail[]> {
  return (await shop.get<{ items: Mail[] }>(`/mails?to=${address(name)}`)).items
}

async function unsubscribeByPage(page: Page, mail: Mail | undefined): Promise<void> {
  await page.goto(`/mailbox?mail=${mail?.id}`)
  const opening = page.waitForEvent('popup')
  await page.getByRole('link', { name: /\/u\// }).click()
  const popup = await opening
  await expect(popup.getByRole('heading')).toContainText('Stop getting email from Story')
  await popup.getByRole('button', { name: 'Unsubscribe' }).click()
  await expect(popup.getByRole('heading', { name: 'You are unsubscribed' })).toBeVisible()
  await popup.close()
}

async function unsubscribeInOneClick(shop: WorkspaceCaller, mail: Mail | undefined): Promise<void> {
  const { headers } = await shop.get<{ headers: { name: string; value: string }[] }>(`/mails/${mail?.id}`)
  const header = (name: string) => headers.find((one) => one.name === name)?.value ?? ''
  expect(header('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click')
  const url = /<(http[^>]+)>/.exec(header('list-unsubscribe'))?.[1] ?? ''
  // A mail provider presses the button: no cookies, no page.
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'List-Unsubscribe=One-Click',
  })
  expect(answer.status).toBe(200)
}

story(
  'unsubscribing, by the page or in one click, stops the next letter',
  async ({ page, shop, templates }) => {
    const ids: Record<string, string> = {}
    for (const name of ['anna', 'boris', 'vera'])
      ids[name] = await buildCustomer(shop, { externalId: name, email: address(name), firstName: name })
    await buildLiveJourney(shop, 'Two letters', twoLetters(templates))
    const key = await buildKey(shop, 'secret')
    const order = async (name: string, number: number) => {
      const event = { messageId: `${name}-${number}`, userId: name, event: 'order' }
      expect(await track(page.request, key, event)).toMatchObject({ status: 202 })
    }
    for (const name of Object.keys(ids)) await order(name, 1)
    for (const name of Object.keys(ids))
      await expect.poll(() => mailsTo(shop, name), { timeout: 30_000 }).toHaveLength(1)
    for (const id of Object.values(ids)) await expectWaitsForEvent(shop, id)

    await unsubscribeByPage(page, (await mailsTo(shop, 'anna'))[0])
    await unsubscribeInOneClick(shop, (await mailsTo(shop, 'boris'))[0])
    for (const name of Object.keys(ids)) await order(name, 2)
    for (const id of Object.values(ids))
      await expect
        .poll(async () => (await passageOf(shop, id))?.status, { timeout: 30_000 })
        .toBe('completed')

    expect((await mailsTo(shop, 'vera')).map(({ subject }) => subject).sort()).toEqual([
      `${letters.thanks}, vera`,
      `${letters.offer}, vera`,
    ])
    for (const name of ['anna', 'boris']) {
      expect(await mailsTo(shop, name)).toHaveLength(1)
      const passage = await passageOf(shop, ids[name] ?? '')
      const { steps } = await shop.get<{ steps: { reason: string | null; output: string | null }[] }>(
        `/enrollments/${passage?.id}`,
      )
      expect(steps.at(-1)).toMatchObject({ output: 'not_sent', reason: 'consent_revoked' })
      await page.goto(`/journeys/${passage?.journeyId}/enrollments/${passage?.id}`)
      const last = page.getByRole('list', { name: 'Steps' }).getByRole('listitem').last()
      await expect(last).toContainText('The customer unsubscribed.')
      await last.getByRole('button').click()
      await page.getByRole('tab', { name: 'Attempts' }).click()
      await expect(
        page.getByRole('listitem').filter({ hasText: 'Consent' }).filter({ hasText: 'refused' }),
      ).toBeVisible()
      await expect(page.getByText('Nothing was handed to a provider.')).toBeVisible()
    }
  },
)
