import type { Page } from '@playwright/test'
import { buildCustomer, buildKey, buildLiveJourney, buildMainJourney, track } from '../build.ts'
import { farLooks, faultsOf, inWords, type Look, wear } from './look.ts'
import { expect, lookAt, story } from './story.ts'

/** What opens over a screen: where, and by which presses, each a button's name in both languages or a place. */
interface Overlay {
  at: string
  press: ([en: string, ru: string] | { menu: number } | { place: string })[]
}

async function open(page: Page, { at, press }: Overlay, language: 'en' | 'ru'): Promise<void> {
  await page.goto(at)
  await expect(page.getByRole('heading').first()).toBeVisible()
  for (const one of press) {
    if ('menu' in one) await page.getByRole('menuitem').nth(one.menu).click()
    else if ('place' in one) await page.locator(one.place).first().click()
    else
      await page
        .getByRole('button', { name: one[language === 'en' ? 0 : 1], exact: true })
        .first()
        .click()
  }
  await expect(page.locator('[role="dialog"], [data-panel]').first()).toBeVisible()
}

function overlays(journey: string, look: Look): Record<string, Overlay> {
  const list = `${journey}?view=outline`
  const more: [string, string] = ['More', 'Ещё']
  const deletes = look.phone
    ? [
        ['What to do with “Large order?”', 'Что сделать с блоком «Large order?»'] as [string, string],
        { menu: 4 },
      ]
    : [{ place: '[data-outline="large"] button:has(svg.lucide-trash-2)' }]
  return {
    'new journey': { at: '/journeys', press: [['New journey', 'Новый сценарий']] },
    receipt: { at: journey, press: [['Publish', 'Опубликовать']] },
    problems: { at: journey, press: [{ place: '[data-problems-button]' }] },
    settings: { at: journey, press: [more, { menu: 0 }] },
    versions: { at: journey, press: [more, { menu: 1 }] },
    'entry panel': { at: list, press: [{ place: '[data-outline="ordered"] [data-outline-open]' }] },
    'condition panel': { at: list, press: [{ place: '[data-outline="large"] [data-outline-open]' }] },
    'email panel': { at: list, press: [{ place: '[data-outline="offer"] [data-outline-open]' }] },
    'connect to': { at: list, press: [['Connect to…', 'Соединить с…']] },
    'delete which way': { at: list, press: deletes },
  }
}

for (const look of farLooks) {
  story(
    `every dialog and panel of a journey is whole ${inWords(look)}`,
    async ({ page, shop, templates }) => {
      story.setTimeout(240_000)
      await lookAt(page, shop, look.language)
      await wear(page, look)
      const { id } = await buildLiveJourney(shop, 'Second order', buildMainJourney(templates))
      const { draft, revision } = await shop.get<{
        draft: { nodes: { id: string; name: string }[] }
        revision: number
      }>(`/journeys/${id}`)
      const nodes = draft.nodes.map((node) => (node.id === 'offer' ? { ...node, name: 'Offer 2' } : node))
      await page.request.put(`/api/w/${shop.id}/journeys/${id}/draft`, {
        data: { revision, graph: { ...draft, nodes } },
      })
      const faults: string[] = []
      for (const [name, overlay] of Object.entries(overlays(`/journeys/${id}`, look))) {
        await open(page, overlay, look.language)
        faults.push(...(await faultsOf(page, name, look)))
      }
      expect(faults).toEqual([])
    },
  )
}

for (const look of farLooks) {
  story(`every door is whole ${inWords(look)}`, async ({ page, browser, shop, templates }) => {
    await buildCustomer(shop, { externalId: 'anna', email: 'anna@example.test', firstName: 'Anna' })
    await buildLiveJourney(shop, 'Second order', buildMainJourney(templates, '1s'))
    const event = { messageId: 'order-1', userId: 'anna', event: 'order', properties: { total: 77 } }
    await track(page.request, await buildKey(shop, 'secret'), event)
    const invitation = await shop.post<{ id: string }>('/invitations', {
      email: 'vera@example.test',
      role: 'analyst',
    })
    const mails = async () => (await shop.get<{ items: { id: string }[] }>('/mails')).items
    await expect.poll(mails, { timeout: 30_000 }).toHaveLength(1)
    const { headers } = await shop.get<{ headers: { name: string; value: string }[] }>(
      `/mails/${(await mails())[0]?.id}`,
    )
    const unsubscribe = headers.find(({ name }) => name === 'list-unsubscribe')?.value ?? ''
    const doors: Record<string, string> = {
      'sign in': '/sign-in',
      'a wrong invitation': '/join?invitation=00000000-0000-4000-8000-000000000000',
      invitation: `/join?invitation=${invitation.id}`,
      'a wrong link to the set-up': '/setup?token=wrong',
      unsubscribe: new URL(/<(http[^>]+)>/.exec(unsubscribe)?.[1] ?? '').pathname,
    }
    const context = await browser.newContext({ locale: look.language === 'ru' ? 'ru-RU' : 'en-GB' })
    const stranger = await context.newPage()
    await wear(stranger, look)
    // Whether an owner is still awaited depends on which stories made workspaces before this one.
    await stranger.route('**/api/setup?*', (route) =>
      route.fulfill({
        json: { needsOwner: true, demo: null, linkWorks: route.request().url().endsWith('=right') },
      }),
    )
    const faults: string[] = []
    for (const [name, address] of Object.entries(doors)) {
      await stranger.goto(address)
      await expect(stranger.getByRole('heading').first()).toBeVisible()
      if (name.endsWith('set-up')) {
        const says = look.language === 'en' ? 'This link does not work' : 'Ссылка не работает'
        await expect(stranger.getByRole('heading', { name: says })).toBeVisible()
        await expect(stranger.getByRole('textbox'), 'nothing to fill in for nothing').toHaveCount(0)
      }
      faults.push(...(await faultsOf(stranger, name, look)))
    }
    await stranger.goto('/setup?token=right')
    await expect(stranger.getByRole('textbox')).toHaveCount(4)
    faults.push(...(await faultsOf(stranger, 'first owner', look)))
    await context.close()
    expect(faults).toEqual([])
  })
}
