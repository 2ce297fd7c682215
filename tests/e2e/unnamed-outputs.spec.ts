import type { Page } from '@playwright/test'
import type { Condition, Graph, GraphNode } from '@tropa/journey'
import {
  buildCustomer,
  buildKey,
  buildLiveJourney,
  type Letter,
  track,
  type WorkspaceCaller,
} from '../build.ts'
import { editor, expectStill } from './editor.ts'
import { expect, story } from './story.ts'

const total = (operator: string, value: number): Condition => ({
  fact: 'entry',
  params: { property: 'total' },
  operator,
  value,
})

/** Five blocks in a row; nobody gave a name to the outputs of the condition among them. */
function fiveBlocks(template: string): Graph {
  const vip = { attribute: 'vip', value: true }
  const isVip = { fact: 'attribute', params: { name: 'vip' }, operator: 'equal', value: true }
  const cases = [
    { id: 'yes', label: '', condition: { all: [total('greaterThan', 500)] } },
    { id: 'a', label: '', condition: { all: [isVip] } },
    { id: 'b', label: '', condition: { all: [total('greaterThan', 1), total('lessThan', 9), isVip] } },
  ]
  const blocks: [string, string, Record<string, unknown>][] = [
    ['ordered', 'event_entry', { event: 'order' }],
    ['marked', 'update_customer', { changes: [vip] }],
    ['sort', 'condition', { cases }],
    ['letter', 'send_email', { template, messageClass: 'transactional' }],
    ['bye', 'exit', { label: '' }],
  ]
  const nodes = blocks.map(
    ([id, kind, config], at): GraphNode => ({ id, kind, name: '', config, position: { x: at * 328, y: 0 } }),
  )
  const outputs = ['next', 'done', 'a', 'sent']
  const edges = outputs.map((output, at) => ({
    id: `e${at}`,
    from: nodes[at]?.id ?? '',
    output,
    to: nodes[at + 1]?.id ?? '',
  }))
  return { nodes, edges, settings: { reentry: { mode: 'never' }, exitRules: [] } }
}

/** Publishes the five blocks, lets a customer through, and answers her letter. */
async function openLetter(
  page: Page,
  shop: WorkspaceCaller,
  templates: Record<Letter, string>,
): Promise<{ journey: string; letter: string }> {
  const { id } = await buildLiveJourney(shop, 'Five blocks', fiveBlocks(templates.thanks))
  const key = await buildKey(shop, 'secret')
  await buildCustomer(shop, { externalId: 'anna', email: 'anna@example.test', firstName: 'Anna' })
  await track(page.request, key, {
    messageId: 'one',
    userId: 'anna',
    event: 'order',
    properties: { total: 77, gift: false },
  })
  const letter = async () =>
    (await shop.get<{ items: { id: string }[] }>('/mails?to=anna@example.test')).items[0]?.id ?? ''
  await expect.poll(letter, { timeout: 30_000 }).not.toBe('')
  return { journey: id, letter: await letter() }
}

/** The cards that do not lie whole inside the canvas, or lie under its buttons. */
async function cutCards(page: Page, cards: readonly string[]): Promise<string[]> {
  await expectStill(page)
  const frame = await page.locator('.react-flow').boundingBox()
  const buttons = await page.getByRole('toolbar', { name: 'View of the canvas' }).boundingBox()
  const cut: string[] = []
  for (const id of cards) {
    const card = await page.locator(`[data-path-node="${id}"]`).boundingBox()
    if (!card || !frame || !buttons) throw new Error(`There is no card of ${id}, or no canvas.`)
    const inside =
      card.x >= frame.x &&
      card.y >= frame.y &&
      card.x + card.width <= frame.x + frame.width &&
      card.y + card.height <= frame.y + frame.height
    const under = card.x < buttons.x + buttons.width && card.y + card.height > buttons.y
    if (!inside || under) cut.push(id)
  }
  return cut
}

const all = ['ordered', 'marked', 'sort', 'letter', 'bye']

story(
  'a path of five blocks opened from its letter is whole on a desk, and at its block on a phone',
  async ({ page, shop, templates }) => {
    const { letter } = await openLetter(page, shop, templates)
    for (const [width, height, theme, cards] of [
      [1440, 900, 'light', all],
      [1280, 720, 'dark', all],
      [390, 844, 'light', ['letter']],
    ] as const) {
      await page.setViewportSize({ width, height })
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
      await page.goto(`/mailbox?mail=${letter}`)
      await page.getByRole('link', { name: /see the step that sent it/i }).click()
      await expect(page.locator('[data-path-node="letter"]')).toBeVisible()
      await expect.poll(() => cutCards(page, cards), `${width} from the letter`).toEqual([])
      await page.reload()
      await expect(page.locator('[data-path-node="letter"]')).toBeVisible()
      await expect.poll(() => cutCards(page, cards), `${width} at once`).toEqual([])
    }
  },
)

story(
  'outputs without a name, a yes or no, and an exit without a name are said in words everywhere, in both languages',
  async ({ page, shop, templates }) => {
    const { journey, letter } = await openLetter(page, shop, templates)
    await page.goto(`/journeys/${journey}`)
    const sort = editor.card(page, 'sort')
    for (const name of ['total is over 500', 'customer’s vip is yes', 'Output 3'])
      await expect(sort).toContainText(name)
    await editor.card(page, 'sort').locator('[data-output-count="a"]').click()
    await expect(page).toHaveURL(/\/enrollments\?/)
    await expect(page.getByRole('combobox', { name: 'What happened at the block' })).toContainText(
      'Moved on: customer’s vip is yes',
    )
    const row = page.getByRole('row', { name: /Anna/ })
    await expect(row.getByRole('cell', { name: 'Exit', exact: true })).toBeVisible()

    await page.goto(`/mailbox?mail=${letter}`)
    await page.getByRole('link', { name: /see the step that sent it/i }).click()
    const main = page.locator('main')
    await expect(main).toContainText('Left at “Exit”')
    await expect(main).not.toContainText('It came to an exit')
    const steps = page.getByRole('list', { name: 'Steps' })
    await expect(steps).toContainText('customer’s vip was yes, should be yes: yes→ customer’s vip is yes')
    await page.locator('[data-step="3"]').click()
    await page.getByRole('tab', { name: 'Data' }).click()
    await expect(page.getByRole('row', { name: /vip/ })).toContainText('yes')

    await page.evaluate(() => localStorage.setItem('tropa.language', 'ru'))
    await page.reload()
    await expect(main).toContainText('Путь закончен в блоке «Выход»')
    await expect(page.locator('[data-path-node="sort"]')).toContainText('vip клиента — даВетка 3')
    await expect(page.getByRole('row', { name: /vip/ })).toContainText('да')
  },
)
