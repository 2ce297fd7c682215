import type { Database, OpenDatabase, Queryable } from '@tropa/db'
import { type EventItem, storeEvents } from '@tropa/db/events'
import { saveFile } from '@tropa/db/files'
import type { Identifier } from '@tropa/db/identities'
import { createImport, findImport, type ImportRow } from '@tropa/db/imports'
import { describeColumns, type Format, mappingShape } from '@tropa/intake'
import { type SQL, sql } from 'drizzle-orm'
import type { ImportTarget, Stop } from '../imports/import-deps.ts'
import { runToNextStop } from '../imports/run.ts'
import { takeBack } from '../imports/undo.ts'

const log: Format = { separator: 'whitespace', header: false, encoding: 'utf-8' }
const orders = {
  event: { name: 'order' },
  customer: { column: 0, identifier: 'external_id' },
  time: { column: 2, format: 'YYYYMMDD' },
  properties: [
    { column: 3, name: 'quantity', type: 'number' },
    { column: 4, name: 'total', type: 'number' },
  ],
}

/** An import to be: a purchase log kept as history unless told otherwise. */
export interface ImportSketch {
  text?: string | AsyncIterable<Buffer>
  workspaceId?: string
  mapping?: object
  separator?: Format['separator']
  mode?: ImportRow['mode']
  secondsPerDay?: number
}

/** Somebody by the id the shop knows them by. */
export const external = (value: string): Identifier => ({ type: 'external_id', value })

/** Somebody by their address. */
export const email = (value: string): Identifier => ({ type: 'email', value })

/** A text as the stream a file is saved from. */
export async function* bytesOf(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text)
}

/** A purchase log of so many customers with so many purchases each, two a day. */
export function purchases(customers: number, each: number): string {
  const lines: string[] = []
  for (let customer = 0; customer < customers; customer++) {
    for (let n = 0; n < each; n++) {
      const id = String(customer).padStart(5, '0')
      lines.push(` ${id} ${id.slice(1)} 1997010${1 + Math.floor(n / 2)}  ${n + 1}   ${n}.50`)
    }
  }
  return `${lines.join('\r\n')}\r\n`
}

/** Imports on a test's database: made, run in small pages, and looked at. */
export class ImportBench {
  #made = 0

  readonly db: Database
  readonly pool: OpenDatabase['pool']

  constructor({ db, pool }: OpenDatabase) {
    this.db = db
    this.pool = pool
  }

  async start({
    text = '',
    workspaceId,
    mapping = {},
    separator,
    ...rest
  }: ImportSketch): Promise<ImportTarget> {
    const workspace = workspaceId ?? `w${this.#made++}`
    const stream = typeof text === 'string' ? bytesOf(text) : text
    const { fileId, size, hash } = await saveFile(this.db, workspace, stream, 10_000_000)
    const format = { ...log, ...(separator ? { separator } : {}) }
    const between = separator ?? ' '
    const sample = Buffer.from(`${['1', '1', '19970101', '1', '1'].join(between)}\n`)
    const row = await createImport(this.db, {
      workspaceId: workspace,
      fileId,
      fileName: 'log.txt',
      fileSize: size,
      fileHash: hash,
      format: await describeColumns(sample, true, format),
      mapping: mappingShape.parse({ ...orders, ...mapping }),
      status: 'running',
      ...rest,
    })
    return { workspaceId: workspace, importId: row.id }
  }

  run(target: ImportTarget, beat: () => void = () => {}, pageRows = 100): Promise<Stop> {
    const { db, pool } = this
    return runToNextStop({ db, pool, beat, pageRows, moveTest: async () => {} }, target)
  }

  /** Makes an import and runs it to its end. */
  async bring(sketch: ImportSketch, pageRows?: number): Promise<ImportTarget> {
    const target = await this.start(sketch)
    await this.run(target, undefined, pageRows)
    return target
  }

  /** Takes an import back, and answers what is seen of it then. */
  async undo(target: ImportTarget, db: Queryable = this.db): Promise<ImportRow | null> {
    const { pool } = this
    await db.execute(sql`update imports set status = 'undoing' where id = ${target.importId}::uuid`)
    await takeBack({ db, pool, beat: () => {} }, target)
    return this.seen(target, db)
  }

  /** One thing that the event API hears of somebody. */
  say(workspaceId: string, identifiers: Identifier[], more: Partial<EventItem> = {}) {
    const event = { name: 'seen', properties: {}, occurredAt: Date.now(), bodyHash: 'h' }
    const item = { ...event, messageId: `m${this.#made++}`, identifiers, ...more }
    return storeEvents(this.db, workspaceId, [item], { source: 'api' })
  }

  /** Has each customer of the rows “customer_id, event_id” in a journey of their own, let in by that event. */
  async enroll(workspaceId: string, rows: SQL, status: 'active' | 'completed' = 'active'): Promise<void> {
    const endedAt = status === 'active' ? sql`null` : sql`now()`
    await this.db.execute(sql`
      insert into enrollments (workspace_id, journey_id, version_id, customer_id, entry_key, entry_node, entry_event_id,
        status, state, salt, head_hash, entered_at, ended_at)
      select ${workspaceId}, gen_random_uuid(), gen_random_uuid(), customer_id, '', 'n', event_id,
        ${status}, '{}', '', '', now(), ${endedAt} from (${rows}) as entered`)
  }

  seen({ workspaceId, importId }: ImportTarget, db: Queryable = this.db): Promise<ImportRow | null> {
    return findImport(db, workspaceId, importId)
  }

  async events({ workspaceId }: ImportTarget) {
    const found = await this.db.execute<{ customer: string; at: string; total: number }>(sql`
      select i.value as customer, e.occurred_at::text as at, (e.properties->>'total')::float8 as total
      from events e join identifiers i on i.customer_id = e.customer_id and i.type = 'external_id'
      where e.workspace_id = ${workspaceId} order by i.value, e.occurred_at, e.id`)
    return found.rows
  }

  async count(table: string, { workspaceId }: ImportTarget): Promise<number> {
    const found = await this.db.execute<{ n: number }>(
      sql`select count(*)::int as n from ${sql.identifier(table)} where workspace_id = ${workspaceId}`,
    )
    return found.rows[0]?.n ?? -1
  }
}
