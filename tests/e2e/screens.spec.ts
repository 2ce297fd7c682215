import { buildCustomer, buildKey, buildLiveJourney, buildMainJourney, track } from '../build.ts'
import { faultsOf, inWords, looks, wear } from './look.ts'
import { expect, lookAt, story } from './story.ts'

for (const look of looks) {
  story(`every screen is whole ${inWords(look)}`, async ({ page, shop, templates }) => {
    story.setTimeout(240_000)
    await lookAt(page, shop, look.language)
    await wear(page, look)
    const customer = await buildCustomer(shop, {
      externalId: 'anna',
      email: 'anna@example.test',
      firstName: 'Anna',
    })
    const journey = await buildLiveJourney(shop, 'Second order', buildMainJourney(templates, '1s'))
    const key = await buildKey(shop, 'secret')
    await track(page.request, key, {
      messageId: 'order-1',
      userId: 'anna',
      event: 'order',
      properties: { total: 77 },
    })
    const mails = async () => (await shop.get<{ items: { id: string }[] }>('/mails')).items
    await expect.poll(mails, { timeout: 30_000 }).toHaveLength(1)
    const passages = async () =>
      (await shop.get<{ items: { id: string; status: string }[] }>('/enrollments')).items
    await expect.poll(async () => (await passages())[0]?.status, { timeout: 30_000 }).toBe('completed')
    const passage = (await passages())[0]?.id
    const screens: Record<string, string> = {
      journeys: '/journeys',
      editor: `/journeys/${journey.id}`,
      customers: '/customers',
      customer: `/customers/${customer}`,
      enrollments: '/enrollments',
      path: `/journeys/${journey.id}/enrollments/${passage}`,
      mailbox: '/mailbox',
      letter: `/mailbox?mail=${(await mails())[0]?.id}`,
      imports: '/imports',
      templates: '/templates',
      template: `/templates/${templates.offer}`,
      settings: '/settings',
      members: '/settings?tab=members',
      keys: '/settings?tab=keys',
      connections: '/settings?tab=connections',
      audit: '/settings?tab=audit',
    }
    const faults: string[] = []
    for (const [name, address] of Object.entries(screens)) {
      await page.goto(address)
      await expect(page.getByRole('heading').first()).toBeVisible()
      faults.push(...(await faultsOf(page, name, look)))
    }
    expect(faults).toEqual([])
  })
}
