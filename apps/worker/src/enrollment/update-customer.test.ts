import { openDatabase } from '@tropa/db'
import { readCatalogue } from '@tropa/db/catalogue'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createDatabase, type TestDatabase } from '../../../../tests/setup/use-services.ts'
import { RoutingWorld, sketchGraph } from '../testing/index.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await createDatabase()
})
afterAll(() => database.drop())

it('an attribute that a journey sets is one that drafts and templates may name, and that no undo takes back', async () => {
  const rig = await RoutingWorld.fresh(database.url)
  const { world } = rig
  const { db, close } = openDatabase(database.url)
  const changes = [
    { attribute: 'tier', value: 'gold' },
    { attribute: 'visits', value: 3 },
    { attribute: 'old', value: null },
  ]
  await world.publish(
    sketchGraph({
      start: { kind: 'event_entry', config: { event: 'order' }, next: { next: 'mark' } },
      mark: { kind: 'update_customer', config: { changes } },
    }),
  )
  const customer = await world.addCustomer({ attributes: { old: 'yes' } })
  await world.rows(
    `insert into attributes_before (import_id, customer_id, name, workspace_id, before, after)
     select gen_random_uuid(), $1, name, $2, '"tin"', '"gold"' from unnest(array['tier', 'city']) name`,
    [customer, world.workspaceId],
  )
  await world.emit(customer, { name: 'order' })
  await rig.route()
  const said =
    'select name, said_since as "saidSince" from attributes_before where customer_id = $1 order by name'
  expect(await world.rows(said, [customer])).toEqual([
    { name: 'city', saidSince: false },
    { name: 'tier', saidSince: true },
  ])
  expect(await world.rows('select attributes from customers where id = $1', [customer])).toEqual([
    { attributes: { tier: 'gold', visits: 3 } },
  ])
  expect((await readCatalogue(db, world.workspaceId)).attributes).toEqual(['tier', 'visits'])
  await close()
  await world.close()
})
