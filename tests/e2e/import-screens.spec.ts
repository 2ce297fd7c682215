import { buildLiveJourney, buildMainJourney } from '../build.ts'
import { startFastRun } from './fast-run.ts'
import { farLooks, faultsOf, inWords, wear } from './look.ts'
import { expect, lookAt, story } from './story.ts'

const csv = [
  'id,order day,total,story',
  'anna,1997-01-01,20,story',
  'Ada,1997-01-02,30,"story',
  'anna,1997-01-03,40,story',
  'demo,1997-01-04,50,story"',
  'demo,1997-01-05,60,story',
].join('\n')

for (const look of farLooks) {
  const say = (en: string, ru: string) => (look.language === 'en' ? en : ru)

  story(`every step to an import is whole ${inWords(look)}`, async ({ page, shop }) => {
    story.setTimeout(180_000)
    await lookAt(page, shop, look.language)
    await wear(page, look)
    await page.goto('/imports')
    await page
      .locator('input[type="file"]')
      .setInputFiles({ name: 'story.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) })
    const next = page.getByRole('button', { name: say('Next', 'Дальше') })
    const faults: string[] = []
    for (const step of ['format', 'columns', 'mode']) {
      await expect(next).toBeVisible()
      if (step === 'mode') {
        await page.getByRole('radio', { name: say('fast clock', 'ускоренных часах') }).click()
        const pace = page.getByLabel(say('One day takes', 'Сутки проходят за'))
        await pace.fill('')
        await pace.pressSequentially(say('0.5', '0,5'))
        await expect(pace).toHaveValue(say('0.5', '0,5'))
        await pace.fill('0')
        await expect(next).toBeDisabled()
        await expect(page.getByText(say('A number from 0.2 to 60.', 'Число от 0,2 до 60.'))).toBeVisible()
        await pace.fill('0.5')
      }
      faults.push(...(await faultsOf(page, step, look)))
      await next.click()
    }
    await expect(page.getByText(say('Line 3 will be left out', 'Строка 3 будет пропущена'))).toBeVisible()
    const rows = look.phone ? page.getByRole('listitem') : page.getByRole('row')
    await expect(rows.filter({ hasText: 'anna' }).first()).toContainText('20')
    faults.push(...(await faultsOf(page, 'preview', look)))
    expect(faults).toEqual([])
  })

  story(`a run, its dialogs and its undo are whole ${inWords(look)}`, async ({ page, shop, templates }) => {
    story.setTimeout(240_000)
    await lookAt(page, shop, look.language)
    await wear(page, look)
    const journey = await buildLiveJourney(shop, 'Second order', buildMainJourney(templates))
    const rows = [
      ['anna', '19970101', 20],
      ['Ada', '19970102', 60],
      ['demo', '20000101', 70],
    ] as const
    const run = await startFastRun(page.request, shop, { rows, secondsPerDay: 3 })
    await page.goto(`/imports/${run}`)
    const main = page.locator('main')
    await expect(main).toContainText(/(Day|День) ([3-9]|[12]\d) (of|из) 1.?096/, { timeout: 30_000 })
    await expect(page.getByRole('progressbar')).toHaveAttribute('aria-valuenow', /^[5-9]$/)
    const faults = await faultsOf(page, 'run', look)

    const fed = page.getByRole('region', {
      name: say('Journeys it feeds', 'Куда попадают клиенты'),
    })
    await expect(fed).toContainText(say('2 came in · 2 inside now', 'вошли 2 · внутри сейчас 2'))
    await expect(fed.getByRole('link', { name: 'Second order' })).toHaveAttribute(
      'href',
      `/journeys/${journey.id}`,
    )

    await page.getByRole('button', { name: say('Change the speed', 'Изменить скорость') }).click()
    const dialog = page.getByRole('dialog')
    faults.push(...(await faultsOf(page, 'speed', look)))
    await dialog.getByLabel(say('One day takes', 'Сутки проходят за')).fill(say('0.2', '0,2'))
    await dialog.getByRole('button', { name: say('Go at this speed', 'Изменить скорость') }).click()
    await expect(dialog).toHaveCount(0)
    const twoMonthsOn = /(Day|День) ([6-9]\d|\d{3}) (of|из) 1.?096/
    await expect(main).toContainText(twoMonthsOn, { timeout: 30_000 })
    const mails = async () =>
      (await shop.get<{ items: { id: string; sentOnClock: string | null }[] }>('/mails')).items
    // A fifth of a second lies between the two: either may come to the mailbox first.
    const inFebruary = async () =>
      (await mails()).find(({ sentOnClock }) => sentOnClock?.startsWith('1997-02'))?.id
    await expect.poll(async () => (await mails()).length, { timeout: 60_000 }).toBe(2)
    expect((await mails()).map(({ sentOnClock }) => sentOnClock?.slice(0, 7)).sort()).toEqual([
      '1997-01',
      '1997-02',
    ])

    const next = page.getByRole('navigation', { name: say('What next', 'Что дальше') })
    await expect(next.getByRole('link').first()).toHaveAttribute('href', `/enrollments?journey=${journey.id}`)

    await page.goto(`/mailbox?mail=${await inFebruary()}`)
    await expect(page.getByText(say('On the clock', 'По ускоренным часам'), { exact: true })).toBeVisible()
    await expect(main).toContainText(say('1 Feb 1997', '1 февр. 1997'))
    faults.push(...(await faultsOf(page, 'letter', look)))

    for (const [en, ru, title, counts] of [
      ['Stop', 'Остановить', say('Stays', 'Останется'), /^\D+2\D+3$/],
      ['Undo the import', 'Отменить импорт', say('Goes', 'Удалится'), /^\D+3\D+2\D+3\D+2\D+2$/],
    ] as const) {
      await page.goto(`/imports/${run}`)
      await page.getByRole('button', { name: say(en, ru), exact: true }).click()
      await expect(dialog).toBeVisible()
      await expect(dialog.getByRole('region', { name: title })).toHaveText(counts)
      faults.push(...(await faultsOf(page, en, look)))
      await dialog.getByRole('button', { name: say(en, ru), exact: true }).click()
      await expect(dialog).toHaveCount(0)
    }
    await expect(main).toContainText(
      say('Removed: 2 events and 3 customers.', 'Удалено: 2 события и 3 клиента.'),
      { timeout: 30_000 },
    )
    await expect(page.getByRole('progressbar')).toHaveCount(0)
    await expect(page.getByRole('timer')).toHaveCount(0)
    faults.push(...(await faultsOf(page, 'undone', look)))
    expect(faults).toEqual([])
  })
}
