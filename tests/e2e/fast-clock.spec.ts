import { buildLiveJourney, buildMainJourney } from '../build.ts'
import { startFastRun } from './fast-run.ts'
import { expect, story } from './story.ts'

story(
  'a run on a fast clock is shown in its own time, pauses, goes on, and takes its customers out when stopped',
  async ({ page, shop, templates }) => {
    const journey = await buildLiveJourney(shop, 'Second order', buildMainJourney(templates))
    const rows = ['ann', 'ben', 'col'].map((name, n) => [name, `1997010${n + 1}`, 20 * n] as const)
    const late = ['dan', 'eva'].map((name) => [name, '19971231', 10] as const)
    // Those who wait for 30 days must still wait when the run is paused, also on a machine that has much to do.
    const run = await startFastRun(page.request, shop, { rows: [...rows, ...late], secondsPerDay: 3 })
    const inside = async () =>
      (await shop.get<{ items: { customerName: string }[] }>('/enrollments?status=active')).items
    await expect.poll(inside, { timeout: 30_000 }).toHaveLength(3)

    await page.goto(`/journeys/${journey.id}`)
    const clock = page.locator('[data-clock-line]')
    await expect(clock).toContainText(/its fast clock shows \d+ \w+ 1997\./)
    await expect(clock).toContainText(/A day takes 3 secs|stands still/)
    await clock.getByRole('link', { name: 'Import orders.csv' }).click()
    await expect(page).toHaveURL(new RegExp(`/imports/${run}`))
    await page.getByRole('button', { name: 'Pause' }).click()
    await expect(page.getByText('paused', { exact: true })).toBeVisible()
    await page.goto('/customers')
    await expect(page.getByRole('row', { name: /eva@/ })).toContainText('still to come on the fast clock')

    await page.goto('/enrollments')
    const row = page.getByRole('row', { name: /ann@/ })
    await expect(row).toContainText('test')
    await expect(row).toContainText('until 31 Jan 1997')
    await row.click()
    await expect(page.getByText('test run, fast clock')).toBeVisible()
    await expect(page.getByText('A member has paused the run').first()).toBeVisible()
    await expect(page.getByRole('timer')).toContainText(/^in \d+ days/)
    const stood = await page.getByRole('timer').textContent()
    const path = page.locator('main')
    await expect(path).not.toContainText(String(new Date().getFullYear()))

    await page.goto(`/imports/${run}`)
    await page.getByRole('button', { name: 'Go on' }).click()
    await expect(page.getByText('running', { exact: true })).toBeVisible()
    await page.goBack()
    await expect(page.getByRole('timer')).not.toHaveText(stood ?? '')

    await page.goto(`/imports/${run}`)
    await page.getByRole('button', { name: 'Stop' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Stop' }).click()
    await expect(page.getByText('stopped', { exact: true })).toBeVisible()
    await page.goto('/enrollments?status=removed')
    await expect(page.getByRole('row', { name: /ann@|ben@|col@/ })).toHaveCount(3, { timeout: 20_000 })
    expect(await inside()).toEqual([])
  },
)
