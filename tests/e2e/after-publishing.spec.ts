import { buildCustomer, buildKey, buildMainJourney, type JourneyAnswer, track } from '../build.ts'
import { farLooks, faultsOf, inWords, wear } from './look.ts'
import { expect, lookAt, story } from './story.ts'

for (const look of farLooks) {
  const say = (en: string, ru: string) => (look.language === 'en' ? en : ru)

  story(
    `publishing leads on to bringing events in, and the list counts who came ${inWords(look)}`,
    async ({ page, shop, templates }) => {
      story.setTimeout(180_000)
      await lookAt(page, shop, look.language)
      await wear(page, look)
      const graph = buildMainJourney(templates)
      const { id } = await shop.post<JourneyAnswer>('/journeys', { name: 'Second order', graph })
      await page.goto(`/journeys/${id}`)
      const publish = page.getByRole('button', { name: say('Publish', 'Опубликовать'), exact: true })
      await publish.first().click()
      await page
        .getByRole('dialog')
        .getByRole('button', { name: say('Publish', 'Опубликовать') })
        .click()
      const onward = page.getByRole('button', { name: say('Bring events in', 'Загрузить события') })
      await expect(onward).toBeVisible()
      // A notice stays for as long as a pointer rests on it, and looking at everything takes long.
      await onward.hover()
      const faults = await faultsOf(page, 'published', look)
      await onward.click()
      await expect(page).toHaveURL(/\/imports$/)

      await buildCustomer(shop, { externalId: 'anna', email: 'anna@example.test', firstName: 'Anna' })
      const key = await buildKey(shop, 'secret')
      const properties = { total: 77 }
      await track(page.request, key, { messageId: 'order-1', userId: 'anna', event: 'order', properties })
      await page.goto('/journeys')
      const row = page.getByRole('row', { name: /Second order/ })
      const counts = look.phone ? /1$/ : /1\s*1\s*1/
      await expect(async () => {
        await page.reload()
        await expect(row).toBeVisible()
        const cells = await row.getByRole('cell').allInnerTexts()
        expect(cells.filter((text) => /^\d+$/.test(text)).join(' ')).toMatch(counts)
      }).toPass({ timeout: 30_000 })
      faults.push(...(await faultsOf(page, 'list', look)))
      expect(faults).toEqual([])
    },
  )

  story(`a file left at its check is opened there again ${inWords(look)}`, async ({ page, shop }) => {
    await lookAt(page, shop, look.language)
    await wear(page, look)
    await page.goto('/imports')
    const buffer = Buffer.from('id,order day,total\nanna,1997-01-01,20\nAda,1997-01-02,30\n')
    await page
      .locator('input[type="file"]')
      .setInputFiles({ name: 'story.csv', mimeType: 'text/csv', buffer })
    const step = page.locator('[aria-current="step"]')
    await expect(step).toHaveText(say('1File', '1Файл'))
    await page.goto('/imports')
    await page.getByRole('link', { name: 'story.csv' }).click()
    await expect(step, 'nothing has been said of its columns yet').toHaveText(say('1File', '1Файл'))
    const next = page.getByRole('button', { name: say('Next', 'Дальше') })
    for (const at of ['2', '3', '4']) {
      await next.click()
      await expect(step).toContainText(at)
    }
    await page.goto('/imports')
    await page.getByRole('link', { name: 'story.csv' }).click()
    await expect(step).toHaveText(say('4Check and start', '4Проверка и запуск'))
    await expect(page.getByText('anna').locator('visible=true').first()).toBeVisible()
  })
}
