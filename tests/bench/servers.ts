import { Client, Connection } from '@temporalio/client'
import { msToTs } from '@temporalio/common/lib/time.js'
import pg from 'pg'

/** Where the servers of this run answer. */
export interface Servers {
  databaseUrl: string
  temporalAddress: string
}

/** Reads the addresses that `npm run bench` gives. */
export function serversFrom(env: NodeJS.ProcessEnv): Servers {
  const { DATABASE_URL: databaseUrl, TEMPORAL_ADDRESS: temporalAddress } = env
  if (!databaseUrl || !temporalAddress)
    throw new Error('There are no servers to measure on. Start the bench with npm run bench.')
  return { databaseUrl, temporalAddress }
}

/** An empty database of a contender's own on the run's Postgres. */
export interface BenchDatabase {
  url: string
  drop(): Promise<void>
}

/** Creates an empty database; `drop` removes it even while connections are open. */
export async function createDatabase(adminUrl: string, name: string): Promise<BenchDatabase> {
  const database = `bench_${name.replaceAll(/\W/g, '_')}_${process.pid}`
  await execute(adminUrl, `create database ${database}`)
  const url = new URL(adminUrl)
  url.pathname = `/${database}`
  return { url: url.href, drop: () => execute(adminUrl, `drop database if exists ${database} with (force)`) }
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

const dayMs = 86_400_000
const patienceMs = 60_000

/** Opens a client in a new namespace of the run's Temporal and resolves when the namespace answers. */
export async function openNamespace(address: string, name: string): Promise<Client> {
  const namespace = `bench-${name.replaceAll(/\W/g, '-')}-${process.pid}`
  const connection = await Connection.connect({ address })
  await connection.workflowService.registerNamespace({
    namespace,
    workflowExecutionRetentionPeriod: msToTs(dayMs),
  })
  const client = new Client({ connection, namespace })
  const patience = Date.now() + patienceMs
  for (;;) {
    try {
      await client.workflow.count("ExecutionStatus = 'Running'")
      return client
    } catch (error) {
      if (Date.now() > patience) throw error
      await new Promise((resolve) => setTimeout(resolve, 250))
    }
  }
}
