import { randomBytes } from 'node:crypto'
import pg from 'pg'

async function ask(service: 'postgres' | 'temporal'): Promise<string> {
  const desk = process.env.TROPA_TEST_SERVICES
  if (!desk) throw new Error('No test services: run this through vitest at the root of the project.')
  const answer = await fetch(`${desk}/${service}`)
  const text = await answer.text()
  if (!answer.ok) throw new Error(`The test ${service} did not start: ${text}`)
  return text
}

/** The URL of a real Postgres where this run may create databases; started on first use. */
export function usePostgres(): Promise<string> {
  return ask('postgres')
}

/** The address (host:port) of a real Temporal dev server, namespace "default"; started on first use. */
export function useTemporal(): Promise<string> {
  return ask('temporal')
}

/** An empty database of one's own on the test Postgres. */
export interface TestDatabase {
  url: string
  drop(): Promise<void>
}

/** Creates an empty database for one test file; `drop` removes it even while connections are open. */
export async function createDatabase(): Promise<TestDatabase> {
  const admin = await usePostgres()
  const name = `t_${randomBytes(6).toString('hex')}`
  await execute(admin, `CREATE DATABASE ${name}`)
  const url = new URL(admin)
  url.pathname = `/${name}`
  return { url: url.href, drop: () => execute(admin, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) }
}

async function execute(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
