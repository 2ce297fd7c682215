import { randomUUID } from 'node:crypto'
import pg from 'pg'

/** What Postgres alone takes, with the same table, index and durability as our events. */
export interface BareFigures {
  singlePerSecond: number
  batchedPerSecond: number
}

const connections = 16
const batchRows = 50

const table = `create table bare_events (id bigserial primary key, workspace_id text not null,
  customer_id uuid not null, message_id text not null, name text not null, properties jsonb not null,
  occurred_at timestamptz not null default now(), unique (workspace_id, message_id))`

async function measure(clients: pg.Client[], seconds: number, work: (client: pg.Client) => Promise<number>) {
  const startedAt = performance.now()
  const end = startedAt + seconds * 1_000
  const counts = await Promise.all(
    clients.map(async (client) => {
      let rows = 0
      while (performance.now() < end) rows += await work(client)
      return rows
    }),
  )
  return counts.reduce((sum, rows) => sum + rows, 0) / ((performance.now() - startedAt) / 1_000)
}

/** Inserts events with bare SQL, one per transaction and fifty per transaction; answers rows per second. */
export async function measureBareInserts(databaseUrl: string, seconds: number): Promise<BareFigures> {
  const clients = Array.from({ length: connections }, () => new pg.Client({ connectionString: databaseUrl }))
  await Promise.all(clients.map((client) => client.connect()))
  try {
    await clients[0]?.query(table)
    const properties = JSON.stringify({ total: 77.5, quantity: 2 })
    const singlePerSecond = await measure(clients, seconds, async (client) => {
      await client.query({
        name: 'one',
        text: `insert into bare_events (workspace_id, customer_id, message_id, name, properties)
          values ('bench', $1, $2, 'order', $3) on conflict do nothing`,
        values: [randomUUID(), randomUUID(), properties],
      })
      return 1
    })
    const batchedPerSecond = await measure(clients, seconds, async (client) => {
      const ids = Array.from({ length: batchRows }, () => randomUUID())
      await client.query({
        name: 'many',
        text: `insert into bare_events (workspace_id, customer_id, message_id, name, properties)
          select 'bench', m::uuid, m, 'order', $2::jsonb from unnest($1::text[]) as m on conflict do nothing`,
        values: [ids, properties],
      })
      return batchRows
    })
    return { singlePerSecond, batchedPerSecond }
  } finally {
    await Promise.all(clients.map((client) => client.end()))
  }
}
