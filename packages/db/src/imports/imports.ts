import { and, asc, desc, eq, inArray, sql } from 'drizzle-orm'
import { stageEvents } from '../clocks/feed.ts'
import { applyProfiles } from '../customers/profiles.ts'
import { catalogueKeys, saveCatalogue } from '../events/catalogue-seen.ts'
import { countDayOnly, spreadDay } from '../events/day-only.ts'
import {
  assertStillThere,
  type EventItem,
  lookUp,
  placePeople,
  storeEvents,
  withIdentities,
} from '../events/events.ts'
import type { Queryable } from '../open.ts'
import { type ImportPosition, importErrors, imports } from '../tables.ts'

export type ImportRow = typeof imports.$inferSelect
export type ImportErrorRow = typeof importErrors.$inferSelect
export type ImportStatus = ImportRow['status']

/** Notes an uploaded file as an import that has not started. */
export async function createImport(db: Queryable, row: typeof imports.$inferInsert): Promise<ImportRow> {
  const [created] = await db.insert(imports).values(row).returning()
  if (!created) throw new Error('The import was not created')
  return created
}

export async function findImport(db: Queryable, workspaceId: string, id: string): Promise<ImportRow | null> {
  const [found] = await db
    .select()
    .from(imports)
    .where(and(eq(imports.workspaceId, workspaceId), eq(imports.id, id)))
  return found ?? null
}

/** A page of a workspace's imports, newest first, after a position. */
export async function listImports(
  db: Queryable,
  workspaceId: string,
  after: { at: string; id: string } | null,
  limit: number,
): Promise<(ImportRow & { cursorAt: string; cursorId: string })[]> {
  const later = after
    ? sql`(${imports.createdAt}, ${imports.id}) < (${after.at}::timestamptz, ${after.id}::uuid)`
    : undefined
  const rows = await db
    .select({ row: imports, cursorAt: sql<string>`${imports.createdAt}::text` })
    .from(imports)
    .where(and(eq(imports.workspaceId, workspaceId), later))
    .orderBy(desc(imports.createdAt), desc(imports.id))
    .limit(limit)
  return rows.map(({ row, cursorAt }) => ({ ...row, cursorAt, cursorId: row.id }))
}

/** Changes an import only while it is in one of the given states; answers null when it is not. */
export async function moveImport(
  db: Queryable,
  workspaceId: string,
  id: string,
  from: ImportStatus[],
  change: Partial<typeof imports.$inferInsert>,
): Promise<ImportRow | null> {
  const [moved] = await db
    .update(imports)
    .set(change)
    .where(and(eq(imports.workspaceId, workspaceId), eq(imports.id, id), inArray(imports.status, from)))
    .returning()
  return moved ?? null
}

/** The latest import of the same file that was taken back, whose choices may serve again. */
export async function findUndoneTwin(
  db: Queryable,
  workspaceId: string,
  fileHash: string,
): Promise<ImportRow | null> {
  const [found] = await db
    .select()
    .from(imports)
    .where(
      and(
        eq(imports.workspaceId, workspaceId),
        eq(imports.fileHash, fileHash),
        inArray(imports.status, ['undoing', 'undone']),
      ),
    )
    .orderBy(desc(imports.createdAt))
    .limit(1)
  return found ?? null
}

export interface PageError {
  line: number
  code: string
  detail: string
  raw: string
}

/** What one page of rows came to, and where the next one begins. */
export interface ImportPage {
  items: (EventItem & { line: number })[]
  errors: PageError[]
  /** Whether an item's message id came from the file: then another event under it is the row's fault. */
  ownIds: boolean
  from: ImportPosition | null
  to: ImportPosition
}

interface PageCounts {
  stored: number
  duplicate: number
  created: number
  conflicts: number[]
}

async function stagePage(
  tx: Queryable,
  { workspaceId, id }: ImportRow,
  items: ImportPage['items'],
): Promise<PageCounts> {
  const seen = catalogueKeys(workspaceId, items)
  const created = await withIdentities(tx, workspaceId, async (inner, mayMerge) => {
    const { owners } = await lookUp(inner, workspaceId, items, [], id)
    const resolution = await placePeople(inner, workspaceId, items, owners, { mayMerge, importId: id })
    const placed = items.map((item, index) => ({ item, customerId: resolution.customerIds[index] ?? '' }))
    await assertStillThere(inner, resolution.customerIds)
    await applyProfiles(
      inner,
      workspaceId,
      placed.map(({ item, customerId }) => ({ ...item, customerId })),
      id,
    )
    const spread = spreadDay(placed, await countDayOnly(inner, placed, id))
    const staged = spread.map(({ item, customerId }, index) => ({
      ...item,
      customerId,
      line: items[index]?.line ?? 0,
    }))
    await stageEvents(inner, workspaceId, id, staged)
    await saveCatalogue(inner, workspaceId, seen)
    return resolution.created.length
  })
  return { stored: items.length, duplicate: 0, created, conflicts: [] }
}

async function storePage(tx: Queryable, row: ImportRow, items: ImportPage['items']): Promise<PageCounts> {
  const result = await storeEvents(tx, row.workspaceId, items, {
    source: 'import',
    history: row.mode === 'history',
    importId: row.id,
  })
  const count = (status: string): number => result.items.filter((item) => item.status === status).length
  const conflicts = result.items.flatMap(({ status }, index) => (status === 'conflict' ? [index] : []))
  return {
    stored: count('stored'),
    duplicate: count('duplicate'),
    created: result.customersCreated,
    conflicts,
  }
}

function samePosition(a: ImportPosition | null, b: ImportPosition | null): boolean {
  return (a?.byte ?? 0) === (b?.byte ?? 0) && (a?.line ?? 0) === (b?.line ?? 0)
}

/**
 * Stores a page and the position after it in one transaction, so each row counts once whatever is repeated. Answers
 * false, having changed nothing, when the import is not running or another run has gone on from this position.
 */
export async function storeImportPage(
  db: Queryable,
  workspaceId: string,
  id: string,
  { items, errors, ownIds, from, to }: ImportPage,
  conflictError: (item: EventItem & { line: number }) => PageError,
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const [row] = await tx
      .select()
      .from(imports)
      .where(and(eq(imports.workspaceId, workspaceId), eq(imports.id, id)))
      .for('update')
    if (row?.status !== 'running' || !samePosition(row.position, from)) return false
    const counts =
      row.mode === 'compressed' ? await stagePage(tx, row, items) : await storePage(tx, row, items)
    const taken = ownIds
      ? counts.conflicts.flatMap((index) => (items[index] ? [conflictError(items[index])] : []))
      : []
    const wrong = [...errors, ...taken]
    if (wrong.length > 0) {
      await tx
        .insert(importErrors)
        .values(wrong.map((error) => ({ ...error, importId: id, workspaceId })))
        .onConflictDoNothing()
    }
    const known = counts.duplicate + (ownIds ? 0 : counts.conflicts.length)
    await tx
      .update(imports)
      .set({
        position: to,
        rowsRead: sql`${imports.rowsRead} + ${items.length + errors.length}`,
        rowsStored: sql`${imports.rowsStored} + ${counts.stored}`,
        rowsDuplicate: sql`${imports.rowsDuplicate} + ${known}`,
        rowsRejected: sql`${imports.rowsRejected} + ${wrong.length}`,
        customersCreated: sql`${imports.customersCreated} + ${counts.created}`,
      })
      .where(eq(imports.id, id))
    return true
  })
}

/** Rows that were not taken, in the order of the file, after a line. */
export async function listImportErrors(
  db: Queryable,
  workspaceId: string,
  importId: string,
  afterLine: number,
  limit: number,
): Promise<ImportErrorRow[]> {
  return db
    .select()
    .from(importErrors)
    .where(
      and(
        eq(importErrors.workspaceId, workspaceId),
        eq(importErrors.importId, importId),
        sql`${importErrors.line} > ${afterLine}`,
      ),
    )
    .orderBy(asc(importErrors.line))
    .limit(limit)
}
