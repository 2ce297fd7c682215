import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDatabase, type TestDatabase } from '../../../../tests/setup/use-services.ts'
import { migrate } from '../migrate.ts'
import { type OpenDatabase, openDatabase } from '../open.ts'
import { type EventItem, storeEvents } from './events.ts'

let database: TestDatabase
let open: OpenDatabase
let counter = 0
const api = { source: 'api' as const }

beforeAll(async () => {
  database = await createDatabase()
  await migrate(database.url)
  open = openDatabase(database.url, { max: 20 })
})
afterAll(async () => {
  await open.close()
  await database.drop()
})

const workspace = (): string => `w${counter++}`

function item(of: Partial<EventItem> & { user?: string } = {}): EventItem {
  const { user = 'anna', ...rest } = of
  return {
    messageId: `m${counter++}`,
    name: 'order',
    properties: { total: 12 },
    occurredAt: Date.UTC(2026, 0, 5),
    bodyHash: 'h',
    identifiers: [{ type: 'external_id', value: user }],
    ...rest,
  }
}

const anonymous = (value: string) => ({ type: 'anonymous_id', value })
const external = (value: string) => ({ type: 'external_id', value })
const email = (value: string) => ({ type: 'email', value })

async function count(table: string, ws: string): Promise<number> {
  const found = await open.db.execute<{ n: number }>(
    sql`select count(*)::int as n from ${sql.identifier(table)} where workspace_id = ${ws}`,
  )
  return found.rows[0]?.n ?? -1
}

async function owner(ws: string, value: string): Promise<string | undefined> {
  const found = await open.db.execute<{ customer_id: string }>(
    sql`select customer_id from identifiers where workspace_id = ${ws} and value = ${value}`,
  )
  return found.rows[0]?.customer_id
}

test('an event is stored with its customer, its catalogue entries and an outbox row', async () => {
  const ws = workspace()
  const { items, customersCreated } = await storeEvents(
    open.db,
    ws,
    [item({ traits: { plan: 'gold' } })],
    api,
  )
  expect(items).toEqual([{ status: 'stored', customerId: await owner(ws, 'anna') }])
  expect(customersCreated).toBe(1)
  expect([await count('events', ws), await count('outbox', ws)]).toEqual([1, 1])
  expect([await count('event_catalogue', ws), await count('attribute_catalogue', ws)]).toEqual([2, 1])
})

test('history leaves the outbox empty', async () => {
  const ws = workspace()
  await storeEvents(open.db, ws, [item()], { source: 'import', history: true })
  expect([await count('events', ws), await count('outbox', ws)]).toEqual([1, 0])
})

test('a repetition is a duplicate, another body under the same message id a conflict; neither changes anything', async () => {
  const ws = workspace()
  const first = item({ messageId: 'x' })
  await storeEvents(open.db, ws, [first], api)
  const again = await storeEvents(
    open.db,
    ws,
    [first, item({ messageId: 'x', bodyHash: 'other', user: 'boris', traits: { a: 1 } })],
    api,
  )
  expect(again.items.map(({ status }) => status)).toEqual(['duplicate', 'conflict'])
  expect([await count('events', ws), await count('customers', ws), await count('outbox', ws)]).toEqual([
    1, 1, 1,
  ])
})

test('repetitions inside one batch are told apart too', async () => {
  const ws = workspace()
  const batch = [item({ messageId: 'x' }), item({ messageId: 'x' }), item({ messageId: 'x', bodyHash: 'o' })]
  const { items } = await storeEvents(open.db, ws, batch, api)
  expect(items.map(({ status }) => status)).toEqual(['stored', 'duplicate', 'conflict'])
})

test('fifty deliveries at once give one row, one customer and one stored answer', async () => {
  const ws = workspace()
  const one = item({ messageId: 'x' })
  const answers = await Promise.all(Array.from({ length: 50 }, () => storeEvents(open.db, ws, [one], api)))
  const statuses = answers.map(({ items }) => items[0]?.status)
  expect(statuses.filter((status) => status === 'stored')).toHaveLength(1)
  expect(statuses.filter((status) => status === 'duplicate')).toHaveLength(49)
  expect([await count('events', ws), await count('customers', ws)]).toEqual([1, 1])
})

test('many batches about the same new people at once make each person once', async () => {
  const ws = workspace()
  const people = Array.from({ length: 20 }, (_, index) => `p${index}`)
  const shuffled = (turn: number) => [...people.slice(turn), ...people.slice(0, turn)]
  await Promise.all(
    people.map((_, turn) =>
      storeEvents(
        open.db,
        ws,
        shuffled(turn).map((user) => item({ user })),
        api,
      ),
    ),
  )
  expect([await count('customers', ws), await count('events', ws)]).toEqual([20, 400])
})

test('an identify that names a device and a person makes one customer of both', async () => {
  const ws = workspace()
  await storeEvents(open.db, ws, [item({ identifiers: [anonymous('dev')] }), item({ user: 'anna' })], api)
  await storeEvents(open.db, ws, [item({ identifiers: [external('anna'), anonymous('dev')] })], api)
  const anna = await owner(ws, 'anna')
  expect(await owner(ws, 'dev')).toBe(anna)
  const merged = await open.db.execute(
    sql`select id from customers where workspace_id = ${ws} and merged_into = ${anna}::uuid`,
  )
  expect(merged.rowCount).toBe(1)
  const told = await open.db.execute(
    sql`select customer_id from events where workspace_id = ${ws} and name = 'customer merged'`,
  )
  expect(told.rowCount).toBe(2)
  const outbox = await open.db.execute(
    sql`select 1 from outbox where workspace_id = ${ws} and customer_id <> ${anna}::uuid`,
  )
  expect(outbox.rowCount).toBe(0)
})

test('a shared address never joins two people who both have an external id', async () => {
  const ws = workspace()
  await storeEvents(open.db, ws, [item({ identifiers: [external('a'), email('home@x.test')] })], api)
  await storeEvents(open.db, ws, [item({ identifiers: [external('b'), email('home@x.test')] })], api)
  expect(await owner(ws, 'home@x.test')).toBe(await owner(ws, 'a'))
  expect(await owner(ws, 'b')).not.toBe(await owner(ws, 'a'))
})

test('an alias joins even two known people, and a withdrawal survives the merge', async () => {
  const ws = workspace()
  const consent = (state: 'granted' | 'revoked') => [{ channel: 'email', state, source: 'form' }]
  await storeEvents(
    open.db,
    ws,
    [item({ user: 'old', consents: consent('revoked'), traits: { a: 1, b: 1 } })],
    api,
  )
  await storeEvents(open.db, ws, [item({ user: 'new', consents: consent('granted'), traits: { b: 2 } })], api)
  await storeEvents(open.db, ws, [item({ user: 'new', previous: 'old' })], api)
  const survivor = await owner(ws, 'new')
  expect(await owner(ws, 'old')).toBe(survivor)
  const found = await open.db.execute(sql`select state from consents where customer_id = ${survivor}::uuid`)
  expect(found.rows).toEqual([{ state: 'revoked' }])
  const { rows } = await open.db.execute(sql`select attributes from customers where id = ${survivor}::uuid`)
  expect(rows).toEqual([{ attributes: { a: 1, b: 2 } }])
})

test('merges and events about the same people at once lose nothing and leave no event with the loser', async () => {
  const ws = workspace()
  const devices = Array.from({ length: 10 }, (_, index) => `d${index}`)
  await storeEvents(
    open.db,
    ws,
    devices.map((id) => item({ identifiers: [anonymous(id)] })),
    api,
  )
  await Promise.all(
    devices.flatMap((id) => [
      ...Array.from({ length: 5 }, () =>
        storeEvents(open.db, ws, [item({ identifiers: [anonymous(id)] })], api),
      ),
      storeEvents(open.db, ws, [item({ identifiers: [external('anna'), anonymous(id)] })], api),
    ]),
  )
  const stray = await open.db.execute(sql`
    select 1 from events e join customers c on c.id = e.customer_id
    where e.workspace_id = ${ws} and c.merged_into is not null and e.source <> 'system'`)
  expect(stray.rowCount).toBe(0)
  const anna = await owner(ws, 'anna')
  const all = await open.db.execute(
    sql`select 1 from events where customer_id = ${anna}::uuid and source = 'api'`,
  )
  expect(all.rowCount).toBe(70)
})

test('attributes follow the order of the batch and null removes', async () => {
  const ws = workspace()
  await storeEvents(open.db, ws, [item({ traits: { a: 1, b: 1 } }), item({ traits: { a: 2, b: null } })], api)
  const { rows } = await open.db.execute(sql`select attributes from customers where workspace_id = ${ws}`)
  expect(rows).toEqual([{ attributes: { a: 2 } }])
})
