import { expect, it } from 'vitest'
import { withApp } from '../testing/with-app.ts'
import { type AppUnderTest, workspace } from '../testing.ts'
import { catalogueOf } from './catalogue-of.ts'

let test: AppUnderTest
let shop: Awaited<ReturnType<typeof workspace>>

withApp(async (opened) => {
  test = opened
  shop = await workspace(test, ['marketer'])
})

async function mistake() {
  const { broken = [] } = await catalogueOf(test.deps.db, shop.id)
  return broken[0]?.mistake
}

it('prepares a broken template once, and anew when it was saved again', async () => {
  const { call } = shop.members.marketer
  const content = { name: 'Hello', subject: 'Hi', format: 'html' }
  const made = await call('POST', shop.at('/templates'), {
    ...content,
    body: '<p>{{ customer.a | upcse }}</p>',
  })
  const first = await mistake()
  expect(first?.en).toContain('“upcse”')
  expect(await mistake()).toBe(first)
  const again = { ...content, body: '<p>{{ customer.a | dwncase }}</p>', revision: made.body.revision }
  expect((await call('PUT', shop.at(`/templates/${made.body.id}`), again)).status).toBe(200)
  expect((await mistake())?.en).toContain('“dwncase”')
})
