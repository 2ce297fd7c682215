import { buildMainJourney } from '../build.ts'
import { editor } from './editor.ts'
import { openJourney } from './open-journey.ts'
import { expect, story } from './story.ts'

story(
  'the fields seldom needed stay open once the problem among them is mended',
  async ({ page, shop, templates }) => {
    const graph = buildMainJourney(templates)
    const nodes = graph.nodes.map((node) =>
      node.id === 'offer' ? { ...node, config: { ...node.config, topic: 'x'.repeat(61) } } : node,
    )
    const id = await openJourney(page, shop, 'Too long a topic', { ...graph, nodes })
    await page.goto(`/journeys/${id}?view=outline`)
    await page.locator('[data-outline="offer"] [data-outline-open]').click()
    const topic = editor.field(page, 'topic').getByRole('textbox')
    await expect(topic).toHaveAttribute('aria-invalid', 'true')
    await topic.press('End')
    await topic.press('Backspace')
    await expect(topic).not.toHaveAttribute('aria-invalid')
    await expect(topic).toBeVisible()
    await page.keyboard.press('Backspace')
    await expect(topic).toHaveValue('x'.repeat(59))
    await page.locator('[data-panel] summary').click()
    await expect(topic, 'folded by hand').toBeHidden()

    await page.locator('[data-outline="thanks"] [data-outline-open]').click()
    await expect(editor.field(page, 'topic'), 'another block starts folded').toBeHidden()
  },
)
