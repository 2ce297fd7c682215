import { expect, it } from 'vitest'
import { node } from '../testing/graph.ts'
import { withApp } from '../testing/with-app.ts'
import { type AppUnderTest, workspace } from '../testing.ts'

let test: AppUnderTest
let shop: Awaited<ReturnType<typeof workspace>>

withApp(async (opened) => {
  test = opened
  shop = await workspace(test, ['marketer'])
  await test.deps.pool.query(
    `insert into event_catalogue (workspace_id, name, property) values ($1, 'order', 'total')`,
    [shop.id],
  )
})

async function newTemplate(body: string): Promise<string> {
  const wanted = { name: 'Hello', subject: 'Hi', format: 'html', body }
  const made = await shop.members.marketer.call('POST', shop.at('/templates'), wanted)
  expect(made.status).toBe(201)
  return made.body.id
}

/** The errors of a draft that sends the template after an order. */
async function errorsOf(
  template: string,
): Promise<{ code: string; text: { en: string }; fix: { en: string } }[]> {
  const graph = {
    nodes: [node('start', 'event_entry', { event: 'order' }), node('mail', 'send_email', { template })],
    edges: [{ id: 'e', from: 'start', output: 'next', to: 'mail' }],
  }
  const wanted = { name: 'Thanks', graph }
  const made = await shop.members.marketer.call('POST', shop.at('/journeys'), wanted)
  const read = await shop.members.marketer.call('GET', shop.at(`/journeys/${made.body.id}`))
  return read.body.problems.filter(
    (one: { field: string | null; severity: string }) => one.field === 'template' && one.severity === 'error',
  )
}

it('lets a template ask for what no event has brought where it does without, and only there', async () => {
  const tested = '{% if event.coupon %}{{ event.coupon }}{% endif %}{{ nodes.b.outcome | default: "x" }}'
  expect(await errorsOf(await newTemplate(`<p>Hi ${tested}</p>`))).toEqual([])
  const [error, ...more] = await errorsOf(await newTemplate(`<p>Hi ${tested} {{ event.coupon }}</p>`))
  expect(more).toEqual([])
  expect(error).toMatchObject({
    code: 'template_variable_unset',
    text: { en: expect.stringContaining('coupon') },
  })
})

it('takes every variable of a template compiled before for needed', async () => {
  const id = await newTemplate('<p>Hi {{ event.coupon | default: "x" }}</p>')
  await test.deps.pool.query(`update templates set compiled = compiled - 'needs' where id = $1`, [id])
  expect(await errorsOf(id)).toMatchObject([{ code: 'template_variable_unset' }])
})

it('tells a template that is gone from one with mistakes, and names the first mistake', async () => {
  const id = await newTemplate('<p>\n{{ customer.name | upcse }}</p>')
  const [broken] = await errorsOf(id)
  expect(broken).toMatchObject({ code: 'template_broken', text: { en: expect.stringContaining('“Hello”') } })
  expect(broken?.fix.en).toMatch(/^Body, line 2: .*“upcse”.*“upcase”/)
  await shop.members.marketer.call('DELETE', shop.at(`/templates/${id}`))
  expect(await errorsOf(id)).toMatchObject([{ code: 'template_missing' }])
})
