import { messageIdStem } from '@tropa/connectors'
import type { Queryable } from '@tropa/db'
import { deleteFile } from '@tropa/db/files'
import { findImport } from '@tropa/db/imports'
import { finishUndo, undoImportPage } from '@tropa/db/undo-import'
import { forgetMails, removeTestEnrollments, testEnrollmentsOf } from '@tropa/db/undo-tests'
import type { ImportDeps, ImportTarget, Stop } from './import-deps.ts'

interface UndoDeps extends Pick<ImportDeps, 'pool' | 'beat'> {
  db: Queryable
}

const pageEnrollments = 500

/**
 * Takes an import back page by page: first the test enrollments of its compressed run with all they left, then its
 * events, consents and customers; what live journeys rest on stays and is counted. The file goes too.
 */
export async function takeBack(deps: UndoDeps, target: ImportTarget): Promise<Stop> {
  const { db, beat } = deps
  const { workspaceId, importId } = target
  const row = await findImport(db, workspaceId, importId)
  if (row?.status !== 'undoing') return { next: 'end' }
  while (await undoTests(deps, target)) beat()
  while (await undoImportPage(db, workspaceId, importId)) beat()
  await deleteFile(db, workspaceId, row.fileId)
  await finishUndo(db, workspaceId, importId)
  return { next: 'end' }
}

async function undoTests({ pool }: UndoDeps, { workspaceId, importId }: ImportTarget): Promise<boolean> {
  const page = await testEnrollmentsOf(pool, workspaceId, importId, pageEnrollments)
  if (page.length === 0) return false
  const stems = page.flatMap(({ stepKeys }) => stepKeys.map(messageIdStem))
  if (stems.length > 0) await forgetMails(pool, workspaceId, stems)
  await removeTestEnrollments(pool, page)
  return true
}
