import { until } from '@tropa/worker/testing'
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { withApp } from '../testing/with-app.ts'
import { type AppUnderTest, workspace } from '../testing.ts'

let api: AppUnderTest

withApp((opened) => {
  api = opened
})

test('the list of customers says how many there are in all, of a search too, whatever its page shows', async () => {
  const { members, at } = await workspace(api)
  const other = await workspace(api)
  const add = (value: string, where = at, who = members.owner) =>
    who.call('POST', where('/customers'), { identifiers: [{ type: 'email', value }] })
  for (const name of ['ann', 'anton', 'ben']) expect((await add(`${name}@example.test`)).status).toBe(201)
  await add('ann@example.test', other.at, other.members.owner)
  const list = async (query: string) => (await members.owner.call('GET', at(`/customers${query}`))).body
  const page = await list('?limit=1')
  expect([page.items.length, page.total]).toEqual([1, 3])
  expect((await list('?search=an')).total).toBe(2)
  expect((await list('?search=zoe')).total).toBe(0)
})

test('an email that no letter could be sent to is refused with a sentence, and one in other letters is the same', async () => {
  const { members, at } = await workspace(api)
  const add = (value: string) =>
    members.owner.call('POST', at('/customers'), { identifiers: [{ type: 'email', value }] })
  const refused = await add('anna@shop')
  expect(refused.status).toBe(422)
  expect(refused.body.detail.en).toContain('not an email address')
  expect(refused.body.issues).toMatchObject([{ path: 'identifiers.0.value', code: 'email_not_usable' }])
  expect((await add(' Anna@Shop.test')).status).toBe(201)
  expect((await add('anna@shop.TEST')).status).toBe(409)
})

test('one value does not take the place of a group of values, which can only be cleared', async () => {
  const { members, at } = await workspace(api)
  const made = await members.owner.call('POST', at('/customers'), {
    identifiers: [{ type: 'external_id', value: 'ann' }],
  })
  const path = at(`/customers/${made.body.id}`)
  await api.deps.db.execute(
    sql`update customers set attributes = '{"address": {"city": "Omsk"}}' where id = ${made.body.id}::uuid`,
  )
  const change = (attributes: object) => members.owner.call('PATCH', path, { attributes })
  const refused = await change({ address: 'Omsk', tier: 'gold' })
  expect([refused.status, refused.body.code]).toEqual([409, 'attribute_is_a_group'])
  expect((await members.owner.call('GET', path)).body.attributes).toEqual({ address: { city: 'Omsk' } })
  expect((await change({ address: null, tier: 'gold' })).body.attributes).toEqual({ tier: 'gold' })
})

test('a group that an event brings while a member writes one value is not lost', async () => {
  const { members, at } = await workspace(api)
  const made = await members.owner.call('POST', at('/customers'), {
    identifiers: [{ type: 'external_id', value: 'ann' }],
  })
  const path = at(`/customers/${made.body.id}`)
  const event = await api.deps.pool.connect()
  try {
    await event.query('begin')
    await event.query(`update customers set attributes = '{"address": {"city": "Omsk"}}' where id = $1`, [
      made.body.id,
    ])
    const written = members.owner.call('PATCH', path, { attributes: { address: 'Omsk' } })
    await until(async () => {
      const { rowCount } = await api.deps.pool.query(
        `select 1 from pg_locks where not granted and pid in (select pid from pg_stat_activity
         where datname = current_database() and query like 'update "customers"%')`,
      )
      return rowCount === 1
    })
    await event.query('commit')
    expect((await written).body.code).toBe('attribute_is_a_group')
  } finally {
    event.release()
  }
  expect((await members.owner.call('GET', path)).body.attributes).toEqual({ address: { city: 'Omsk' } })
})

test('an attribute that a member sets, be it to what an import made of it, is none for an undo to take back', async () => {
  const { members, at } = await workspace(api)
  const identifiers = [{ type: 'external_id', value: 'ann' }]
  const made = await members.owner.call('POST', at('/customers'), {
    identifiers,
    attributes: { city: 'Nice' },
  })
  const id = made.body.id
  await api.deps.db.execute(sql`
    insert into attributes_before (import_id, customer_id, name, workspace_id, before, after)
    select gen_random_uuid(), ${id}::uuid, name, 'w', '"Rome"', '"Nice"' from unnest(array['city', 'tier']) name`)
  const path = at(`/customers/${id}`)
  expect((await members.owner.call('PATCH', path, { attributes: { city: 'Nice' } })).status).toBe(200)
  const found = await api.deps.db.execute(
    sql`select name, said_since from attributes_before where customer_id = ${id}::uuid order by name`,
  )
  expect(found.rows).toEqual([
    { name: 'city', said_since: true },
    { name: 'tier', said_since: false },
  ])
})
