import { createHash } from 'node:crypto'
import type { Page } from '@playwright/test'
import { canonicalJson, type Graph } from '@tropa/journey'
import { buildMainJourney, type JourneyAnswer, type WorkspaceCaller } from '../build.ts'
import { drag, editor, expectSaved, expectStill, openCard } from './editor.ts'
import { openJourney } from './open-journey.ts'
import { expect, lookAt, story } from './story.ts'

const { card, field, palette, panel } = editor

async function open(page: Page, shop: WorkspaceCaller, name: string, graph?: Graph) {
  const id = await openJourney(page, shop, name, graph)
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  return {
    draft: async () => (await shop.get<JourneyAnswer>(`/journeys/${id}`)).draft,
    hash: async () => {
      await expectSaved(page)
      const { draft } = await shop.get<JourneyAnswer>(`/journeys/${id}`)
      return createHash('sha256').update(canonicalJson(draft)).digest('hex')
    },
  }
}

/** Takes back everything there is, and answers how many steps it was. */
async function undoAll(page: Page): Promise<number> {
  const undo = page.getByLabel('Undo', { exact: true })
  let steps = 0
  for (; await undo.isEnabled(); steps += 1) await undo.click()
  return steps
}

story(
  'twenty edits of every sort, twenty times undo, and the draft is what it was',
  async ({ page, shop, templates }) => {
    story.slow()
    const journey = await open(page, shop, 'Twenty edits', buildMainJourney(templates))
    const before = await journey.hash()
    const name = panel(page).getByRole('textbox', { name: 'Name of the block' })
    const more = field(page, 'within').getByRole('button').last()

    await openCard(page, 'next_order')
    // Quick edits of one field are one step back; taking turns makes each its own.
    for (let at = 0; at < 3; at += 1) {
      await more.click()
      await name.fill(`Next order ${at}`)
    }
    for (const one of ['next_order', 'thanks', 'large', 'offer', 'reminder']) {
      await openCard(page, one)
      await name.fill(`Block ${one}`)
    }
    for (const one of ['thanks', 'offer', 'reminder']) {
      await openCard(page, one)
      await panel(page).getByRole('button', { name: 'Duplicate' }).click()
    }
    await palette(page, 'wait').click()
    await page.keyboard.press('Escape')
    await page.keyboard.press('Delete')
    await openCard(page, 'large')
    await page.keyboard.press('Control+d')
    await page.getByRole('button', { name: 'Fit to screen' }).click()
    await expectStill(page)
    await drag(page, card(page, 'ordered'), { x: 420, y: 700 })
    await page.getByRole('button', { name: 'Tidy the layout' }).click()
    await expect(page.getByRole('button', { name: 'Tidy the layout' })).toBeEnabled()
    await openCard(page, 'ordered')
    await name.fill('Renamed at last')
    for (const one of ['thanks', 'offer']) {
      await openCard(page, one)
      await name.fill(`At last ${one}`)
    }
    const after = await journey.hash()
    expect(after).not.toBe(before)
    const steps = await undoAll(page)
    // A drag that ends where it began is no step, so not every run has the same number.
    expect(steps).toBeGreaterThanOrEqual(20)
    expect(await journey.hash()).toBe(before)
    for (let at = 0; at < steps; at += 1) await page.getByRole('button', { name: 'Redo' }).click()
    expect(await journey.hash()).toBe(after)
  },
)

story('what is changed while the layout is tidied stays changed', async ({ page, shop, templates }) => {
  const journey = await open(page, shop, 'Both at once', buildMainJourney(templates))
  await openCard(page, 'ordered')
  await page.getByRole('button', { name: 'Tidy the layout' }).focus()
  // The block is added again in the very moment in which the cards begin to move.
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const [duplicate] = document.querySelectorAll<HTMLElement>('[data-panel] footer button')
        const moving = new MutationObserver(() => {
          moving.disconnect()
          duplicate?.click()
          resolve()
        })
        for (const card of document.querySelectorAll('.react-flow__node'))
          moving.observe(card, { attributeFilter: ['style'] })
        if (document.activeElement instanceof HTMLElement) document.activeElement.click()
      }),
  )
  await expect(page.getByRole('button', { name: 'Tidy the layout' })).toBeEnabled()
  await expectStill(page)
  await expectSaved(page)
  expect((await journey.draft()).nodes).toHaveLength(7)
})

story(
  'an edge is led elsewhere by its end, and a dragged block lands on the edge it lights up',
  async ({ page, shop, templates }) => {
    const journey = await open(page, shop, 'Ends', buildMainJourney(templates))
    const targetOf = async (from: string, output: string) =>
      (await journey.draft()).edges.find((edge) => edge.from === from && edge.output === output)?.to
    const happened = (await journey.draft()).edges.find((edge) => edge.output === 'happened')
    await expectStill(page)
    const box = await page
      .locator(`.react-flow__edge[data-id="${happened?.id}"] .react-flow__edgeupdater-target`)
      .boundingBox()
    await page.mouse.move((box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + (box?.height ?? 0) / 2)
    await page.mouse.down()
    const large = await card(page, 'large').boundingBox()
    await page.mouse.move((large?.x ?? 0) + 80, (large?.y ?? 0) + 30, { steps: 8 })
    await page.mouse.up()
    await expect.poll(() => targetOf('next_order', 'happened')).toBe('large')
    await page.getByLabel('Undo', { exact: true }).click()
    await expect.poll(() => targetOf('next_order', 'happened')).toBe('thanks')

    await expectStill(page)
    const plus = await page.locator(`[data-edge-add="${happened?.id}"]`).boundingBox()
    const at = { x: (plus?.x ?? 0) + (plus?.width ?? 0) / 2, y: (plus?.y ?? 0) + (plus?.height ?? 0) / 2 }
    await palette(page, 'wait').hover()
    await page.mouse.down()
    await page.mouse.move(at.x - 30, at.y - 30, { steps: 5 })
    await page.mouse.move(at.x, at.y, { steps: 5 })
    await expect(
      page.locator(`.react-flow__edge[data-id="${happened?.id}"] .react-flow__edge-path`),
    ).toHaveCSS('stroke-width', '4px')
    await page.mouse.up()
    await expect(field(page, 'for').getByRole('textbox')).toBeFocused()
    await expect.poll(() => targetOf('next_order', 'happened')).toBe('wait')
    expect(await targetOf('wait', 'next')).toBe('thanks')
  },
)

story(
  'blocks are copied in one tab and pasted into another journey in another',
  async ({ page, context, shop, templates }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await open(page, shop, 'From here', buildMainJourney(templates))
    const other = await context.newPage()
    await lookAt(other, shop)
    const target = await open(other, shop, 'To there')
    await other.getByRole('button', { name: 'Begin with “Event”' }).click()
    await other.keyboard.press('Escape')

    await page.bringToFront()
    await openCard(page, 'next_order')
    await card(page, 'thanks').click({ position: { x: 60, y: 15 }, modifiers: ['Control'] })
    await page.locator('[data-card="thanks"]').focus()
    await page.keyboard.press('Control+c')
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain('"tropa"')
    await other.bringToFront()
    await other.locator('[data-card="event_entry"]').focus()
    await other.keyboard.press('Control+v')
    await expect(other.locator('[data-card]')).toHaveCount(3)
    await expectSaved(other)
    const { nodes, edges } = await target.draft()
    expect(nodes.map(({ kind }) => kind)).toEqual(['event_entry', 'wait_event', 'send_email'])
    expect(edges.map(({ from, output, to }) => [from, output, to])).toEqual([
      ['wait_event', 'happened', 'send_email'],
    ])
    expect(nodes[2]?.config.template).toBe(templates.thanks)
  },
)

story('an empty canvas takes a goal in words', async ({ page, shop }) => {
  const journey = await open(page, shop, 'A goal')
  const form = page.getByRole('form', { name: 'Or describe the goal' })
  await form.getByRole('combobox', { name: 'After the event' }).fill('cart_left')
  await page.keyboard.press('Enter')
  await form.getByRole('combobox', { name: 'customers should do' }).fill('order')
  await page.keyboard.press('Enter')
  await form.getByRole('button', { name: 'Draft it' }).click()
  await expect(page.locator('[data-card]')).toHaveCount(6)
  await expectSaved(page)
  const { nodes } = await journey.draft()
  expect(nodes[0]?.config.event).toBe('cart_left')
  expect(nodes[1]?.config).toEqual({ event: 'order', within: '3d' })
  await page.locator('[data-problems-button]').click()
  await page.locator('[data-problem]').filter({ hasText: 'Reminder' }).first().click()
  await expect(field(page, 'template').getByRole('combobox')).toBeFocused()
})

story('a server that says nothing keeps nobody on the page', async ({ page, shop, templates }) => {
  await open(page, shop, 'Silence', buildMainJourney(templates))
  await page.route('**/draft', () => undefined)
  await openCard(page, 'thanks')
  await panel(page).getByRole('textbox', { name: 'Name of the block' }).fill('Not saved')
  await expect(page.locator('[data-save-state="saving"]')).toBeVisible()
  const asked = page.waitForEvent('dialog')
  await page.getByRole('link', { name: 'Customers' }).first().click({ noWaitAfter: true })
  const question = await asked
  expect(question.message()).toContain('could not be saved')
  await question.accept()
  await expect(page).toHaveURL(/\/customers/)
})
