import { createHash } from 'node:crypto'
import type pg from 'pg'

/** A pool, or a connection inside a transaction: what the engine's statements run on. */
export type Runner = pg.Pool | pg.ClientBase

/** A connection inside a transaction. */
export type Transaction = pg.PoolClient

/** One SQL statement, prepared once per connection; answers the rows. */
export type Statement<P extends unknown[], R> = (runner: Runner, ...values: P) => Promise<R[]>

/** Makes a statement. Its name comes from its text, so that equal texts share a plan and changed ones never do. */
export function statement<P extends unknown[], R = never>(text: string): Statement<P, R> {
  const name = createHash('sha1').update(text).digest('hex').slice(0, 20)
  return async (runner, ...values) => {
    const query: pg.QueryConfig = { name, text, values }
    const { rows } = await (runner as pg.Pool).query(query)
    return rows as R[]
  }
}

/** Epoch milliseconds of a timestamp expression, never later than it. */
export function epochMs(expression: string): string {
  return `floor(extract(epoch from ${expression}) * 1000)::float8`
}

/** The authority clock at the moment of asking, as epoch milliseconds. */
export const nowMs = epochMs('clock_timestamp()')

/** ISO text of an instant, or `null`. */
export function isoOf(instant: number | null): string | null {
  return instant === null ? null : new Date(instant).toISOString()
}

/**
 * Begins a transaction about several customers: it waits for a lock half a second at most, which is shorter than Postgres
 * waits before it looks for a deadlock, so that as a rule this one gives way and nobody else.
 */
export const beginPatiently = 'begin; set local lock_timeout = 500'

/** Whether an error says that a lock was not given within `lock_timeout` (PostgreSQL manual, appendix A). */
export function isLockTimeout(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '55P03'
}

const lostRaces: unknown[] = ['40001', '40P01']

/**
 * Whether an error says, anywhere in its chain of causes, that Postgres ended a transaction for the sake of others: it
 * could not be put in order with them, or was chosen to end a deadlock (PostgreSQL manual, appendix A). It may be done
 * again.
 */
export function isLostRace(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) {
    if ('code' in at && lostRaces.includes(at.code)) return true
  }
  return false
}

/** Runs `work` in one transaction: committed when it resolves, rolled back when it throws. */
export async function inTransaction<T>(
  pool: pg.Pool,
  work: (transaction: Transaction) => Promise<T>,
  begin?: string,
): Promise<T> {
  return inShortTransaction(pool, async () => undefined, work, begin)
}

/** Takes what goes out together with the commit; nothing may be asked after it. */
export type Last = (write: () => Promise<unknown>) => void

/**
 * Like `inTransaction`, with fewer round trips: what `open` asks travels together with the begin (nothing that would do
 * harm without it), and what is handed to `last` together with the commit. After `last`, `work` may ask nothing more.
 * `begin` may say more of the transaction than that it begins.
 */
export async function inShortTransaction<O, T>(
  pool: pg.Pool,
  open: (transaction: Transaction) => Promise<O>,
  work: (transaction: Transaction, opened: O, last: Last) => Promise<T>,
  begin = 'begin',
): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  const remember = (error: Error) => {
    broken = error
  }
  client.on('error', remember)
  try {
    const [, opened] = await inOneWrite(client, () => [client.query(begin), open(client)])
    const writes: (() => Promise<unknown>)[] = []
    const result = await work(client, opened, (write) => writes.push(write))
    // A commit behind a failed statement rolls back, and the failure is thrown.
    await inOneWrite(client, () => [...writes.map((write) => write()), client.query('commit')])
    return result
  } catch (error) {
    await client.query('rollback').catch(remember)
    throw error
  } finally {
    client.off('error', remember)
    client.release(broken)
  }
}

/**
 * Asks several things at once; they are carried out in their order. All of it goes to the operating system in one
 * piece: each write to a socket costs as much as a statement. When one fails, waits for the others before it throws.
 */
export async function inOneWrite<T extends unknown[]>(
  client: Transaction,
  ask: () => [...T],
): Promise<{ [K in keyof T]: Awaited<T[K]> }> {
  const { stream } = (client as unknown as pg.Client).connection
  let promises: [...T]
  stream.cork()
  try {
    promises = ask()
  } finally {
    stream.uncork()
  }
  await Promise.allSettled(promises)
  return Promise.all(promises)
}
