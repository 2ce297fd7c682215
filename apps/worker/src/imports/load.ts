import { setTimeout as sleep } from 'node:timers/promises'
import { outboxAgeSeconds } from '@tropa/db/feed'
import { readFile } from '@tropa/db/files'
import { findImport, type ImportPage, type ImportRow, moveImport, storeImportPage } from '@tropa/db/imports'
import { wakeRouter } from '@tropa/db/wake-router'
import { type Mapping, mapRow, type Row, readRows, rowError, rowTest, type StoredFormat } from '@tropa/intake'
import type { ImportDeps } from './import-deps.ts'
import { itemOf, pageError } from './item.ts'

const usualPageRows = 2_000
const maxLagSeconds = 10

/** What stands between the cells of a row that is shown again. */
const between = { ',': ',', ';': ';', tab: '\t', whitespace: ' ' }

/** Reads and stores page after page until the file ends or the import is no longer ours to run. */
export async function loadToNextStop(
  deps: ImportDeps,
  row: ImportRow,
  format: StoredFormat,
  mapping: Mapping,
): Promise<void> {
  const { db, beat, pageRows = usualPageRows } = deps
  const { workspaceId, id, fileId } = row
  const start = row.position ?? { byte: 0, line: 0, rate: 0 }
  let from = row.position
  let startedAt = performance.now()
  const put = async (rows: Row[]): Promise<boolean> => {
    beat()
    if (row.mode === 'live' && !(await waitForRouter(deps, row))) return false
    const seconds = Math.max(performance.now() - startedAt, 1) / 1_000
    startedAt = performance.now()
    const page = pageOf(rows, row, format, mapping, from, rows.length / seconds)
    const stored = await storeImportPage(db, workspaceId, id, page, (item) =>
      pageError(item.line, rowError('message_id_used', item.messageId), item.messageId),
    )
    if (stored && row.mode === 'live') wakeRouter(db)
    from = page.to
    return stored
  }
  let rows: Row[] = []
  const isRow = rowTest(mapping, format)
  for await (const next of readRows(readFile(db, workspaceId, fileId, start.byte), format, start, {
    isRow,
  })) {
    rows.push(next)
    if (rows.length < pageRows) continue
    if (!(await put(rows))) return
    rows = []
  }
  if (rows.length > 0 && !(await put(rows))) return
  const ended = await findImport(db, workspaceId, id)
  if (ended) await moveImport(db, workspaceId, id, ['running'], { rowsTotal: ended.rowsRead })
}

function pageOf(
  rows: Row[],
  { fileHash }: ImportRow,
  format: StoredFormat,
  mapping: Mapping,
  from: ImportPage['from'],
  rate: number,
): ImportPage {
  const items: ImportPage['items'] = []
  const errors: ImportPage['errors'] = []
  for (const row of rows) {
    const mapped = mapRow(row, mapping, format)
    if (mapped.ok) items.push(itemOf(mapped.row, { fileHash, mapping, cells: row.cells }))
    else errors.push(pageError(row.line, mapped.error, row.cells.join(between[format.separator])))
  }
  const last = rows.at(-1)
  const to = { byte: last?.byte ?? 0, line: last?.line ?? 0, rate: Math.round(rate) }
  return { items, errors, ownIds: mapping.messageId !== undefined, from, to }
}

/** Holds a live import back while the router is behind; answers false when the import is no longer running. */
async function waitForRouter({ db, beat }: ImportDeps, { workspaceId, id }: ImportRow): Promise<boolean> {
  while ((await outboxAgeSeconds(db)) > maxLagSeconds) {
    beat()
    const row = await findImport(db, workspaceId, id)
    if (row?.status !== 'running') return false
    await sleep(500)
  }
  return true
}
