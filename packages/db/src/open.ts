import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import pg from 'pg'
import * as tables from './tables.ts'

export type Database = NodePgDatabase<typeof tables>

/** A database or a transaction in it: what every query function takes. */
export type Queryable = Pick<
  Database,
  'select' | 'insert' | 'update' | 'delete' | 'execute' | 'query' | 'transaction'
>

export interface OpenDatabase {
  db: Database
  pool: pg.Pool
  close: () => Promise<void>
}

/** How a pool is used. */
export interface OpenOptions {
  max?: number
  onError?: (error: Error) => void
  /**
   * For a process that asks the same few statements all day: a connection sends what it is asked without waiting for
   * the answers before, plans each statement once, and is kept for minutes, since its plans are worth more than it costs.
   */
  steady?: boolean
}

const steadily = { pipeline: true, idleTimeoutMillis: 300_000 }

/** Not as options of the start: poolers refuse those they do not know. */
const planOnce = `select set_config('plan_cache_mode', 'force_generic_plan', false), set_config('jit', 'off', false)`

/** Opens a pool. Lost idle connections are reported to `onError` and replaced by the pool, never thrown. */
export function openDatabase(
  url: string,
  { max = 10, onError = () => undefined, steady = false }: OpenOptions = {},
): OpenDatabase {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    application_name: 'tropa',
    connectionTimeoutMillis: 10_000,
    ...(steady ? steadily : {}),
  })
  pool.on('error', onError)
  // A connection cut off inside a transaction fails the next query; unheard, its error would end the process.
  pool.on('connect', (client) => {
    client.on('error', () => undefined)
    // It goes before the first query; when it fails, the connection is lost and that one fails, too.
    if (steady) client.query(planOnce).catch(onError)
  })
  return { db: drizzle(pool, { schema: tables, casing: 'snake_case' }), pool, close: () => pool.end() }
}
