import { expect, type Locator, type Page } from '@playwright/test'
import type { Graph } from '@tropa/journey'
import type { JourneyAnswer, Letter, WorkspaceCaller } from '../build.ts'

/** The parts of the journey editor that stories touch. */
export const editor = {
  card: (page: Page, id: string): Locator => page.locator(`.react-flow__node[data-id="${id}"]`),
  handle: (page: Page, id: string, output: string): Locator =>
    page.locator(`.react-flow__node[data-id="${id}"] [data-output="${output}"]`),
  panel: (page: Page): Locator => page.locator('[data-panel]'),
  field: (page: Page, name: string): Locator => page.locator(`[data-panel] [data-field-name="${name}"]`),
  palette: (page: Page, kind: string): Locator => page.locator(`[data-palette="${kind}"]`),
}

/** Waits until the server holds what the canvas shows. */
export async function expectSaved(page: Page): Promise<void> {
  await expect(page.locator('[data-save-state="saved"]')).toBeVisible()
}

/**
 * Waits until the canvas is there and it and its cards have stood still for several frames. Motion goes on by frames
 * too, so a busy machine, which draws few, is waited for longer.
 */
export async function expectStill(page: Page): Promise<void> {
  await expect(page.locator('.react-flow__node').first()).toBeVisible()
  await page.evaluate(async () => {
    const places = () =>
      [...document.querySelectorAll('.react-flow, .react-flow__node')]
        .map((one) => one.getBoundingClientRect())
        .map(({ x, y, width, height }) => `${x} ${y} ${width} ${height}`)
        .join()
    for (let still = 0, last = ''; still < 12; ) {
      await new Promise(requestAnimationFrame)
      const now = places()
      still = now === last ? still + 1 : 0
      last = now
    }
  })
}

/** Where on a card a press opens its panel, whatever the zoom. */
const onCard = { x: 60, y: 15 }

/** Opens a card's panel by a press; a card that lies out of sight is brought into it first, as by a member. */
export async function openCard(page: Page, id: string): Promise<void> {
  const card = editor.card(page, id)
  const isSeen = () =>
    card.evaluate((one, { x, y }) => {
      const { left, top } = one.getBoundingClientRect()
      return one.contains(document.elementFromPoint(left + x, top + y))
    }, onCard)
  // A press that falls while the canvas is still moving is made again.
  await expect(async () => {
    if (!(await isSeen())) {
      await page.getByRole('button', { name: 'Fit to screen' }).click()
      await expectStill(page)
    }
    await card.click({ position: onCard, timeout: 5_000 })
    await expect(page.locator(`.react-flow__node[data-id="${id}"].selected`)).toBeVisible({ timeout: 2_000 })
    await expect(editor.panel(page)).toBeVisible({ timeout: 2_000 })
  }).toPass()
}

/** The id of the journey the editor shows. */
export function journeyIdOf(page: Page): string {
  const found = /\/journeys\/([0-9a-f-]{36})/.exec(new URL(page.url()).pathname)
  if (!found?.[1]) throw new Error(`No journey is open at ${page.url()}`)
  return found[1]
}

function follow(graph: Graph, from: string, output: string) {
  const edge = graph.edges.find((one) => one.from === from && one.output === output)
  return graph.nodes.find(({ id }) => id === edge?.to)
}

/** The main journey as a person would tell it, read off a graph whatever its ids. */
export function mainJourneyOf(graph: Graph): unknown {
  const entry = graph.nodes.find(({ kind }) => kind === 'event_entry')
  const wait = follow(graph, entry?.id ?? '', 'next')
  const split = follow(graph, wait?.id ?? '', 'timed_out')
  const { cases } = (split?.config ?? {}) as { cases?: { id: string; condition: unknown }[] }
  const template = (from: string | undefined, output: string) =>
    follow(graph, from ?? '', output)?.config.template
  return {
    nodes: graph.nodes.map(({ kind }) => kind).sort(),
    enters: entry?.config.event,
    waits: { kind: wait?.kind, event: wait?.config.event, within: wait?.config.within },
    asks: { kind: split?.kind, condition: cases?.map(({ condition }) => condition) },
    came: template(wait?.id, 'happened'),
    over: template(split?.id, cases?.[0]?.id ?? ''),
    otherwise: template(split?.id, 'else'),
  }
}

/** What `mainJourneyOf` must answer once the journey is drawn. */
export function drawnMainJourney(templates: Record<Letter, string>): unknown {
  const over50 = { fact: 'entry', params: { property: 'total' }, operator: 'greaterThan', value: 50 }
  return {
    nodes: ['condition', 'event_entry', 'send_email', 'send_email', 'send_email', 'wait_event'],
    enters: 'order',
    waits: { kind: 'wait_event', event: 'order', within: '30d' },
    asks: { kind: 'condition', condition: [{ all: [over50] }] },
    came: templates.thanks,
    over: templates.offer,
    otherwise: templates.reminder,
  }
}

/** Checks the published version, not the draft: what runs is what was drawn. */
export async function expectPublished(
  shop: WorkspaceCaller,
  id: string,
  templates: Record<Letter, string>,
): Promise<void> {
  const journey = await shop.get<JourneyAnswer>(`/journeys/${id}`)
  expect(journey.liveVersion?.number).toBe(1)
  const { graph } = await shop.get<{ graph: Graph }>(`/journeys/${id}/versions/1`)
  expect(mainJourneyOf(graph)).toEqual(drawnMainJourney(templates))
}

/** Presses a mouse button on one thing of a canvas at rest and lets it go on another, or at a point. */
export async function drag(page: Page, from: Locator, to: Locator | { x: number; y: number }): Promise<void> {
  await expectStill(page)
  await from.hover()
  await page.mouse.down()
  const box = 'x' in to ? null : await to.boundingBox()
  const end = 'x' in to ? to : { x: (box?.x ?? 0) + 60, y: (box?.y ?? 0) + 30 }
  await page.mouse.move(end.x - 20, end.y - 10, { steps: 6 })
  await page.mouse.move(end.x, end.y, { steps: 4 })
  await page.mouse.up()
}

/** Reads the receipt in the open dialog of publishing and answers the dialog. */
export async function expectReceipt(page: Page): Promise<Locator> {
  const dialog = page.getByRole('dialog', { name: /^Publish/ })
  await expect(dialog).toContainText('Version 1 goes live')
  await expect(
    dialog.getByRole('region', { name: 'What changes' }).getByRole('listitem').first(),
  ).toBeVisible()
  await expect(dialog.getByRole('definition').first()).toHaveText('order')
  await expect(dialog.getByRole('definition').nth(1)).toHaveText('Nobody: each customer enters once, ever')
  await expect(dialog.getByRole('definition').nth(2)).toHaveText('3')
  return dialog
}
