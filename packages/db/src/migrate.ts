import { fileURLToPath } from 'node:url'
import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate as applyMigrations } from 'drizzle-orm/node-postgres/migrator'
import pg from 'pg'

const lockKey = 7_263_554
const folder = fileURLToPath(new URL('../migrations', import.meta.url))

/** Brings a database to the newest schema. Only one process at a time does it; the others wait and find it done. */
export async function migrate(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [lockKey])
    await applyMigrations(drizzle(client, { casing: 'snake_case' }), { migrationsFolder: folder })
  } finally {
    await client.end()
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const url = process.env.DATABASE_URL
  if (!url) throw new Error('DATABASE_URL is not set: it says which database to migrate')
  await migrate(url)
}
