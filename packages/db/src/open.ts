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

/** Opens a pool. Lost idle connections are reported to `onError` and replaced by the pool, never thrown. */
export function openDatabase(url: string, { max = 10, onError = (_: Error) => {} } = {}): OpenDatabase {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    application_name: 'tropa',
    connectionTimeoutMillis: 10_000,
  })
  pool.on('error', onError)
  return { db: drizzle(pool, { schema: tables, casing: 'snake_case' }), pool, close: () => pool.end() }
}
