import { deleteFile } from '@tropa/db/files'
import { findImport } from '@tropa/db/imports'
import { finishUndo, undoImportPage } from '@tropa/db/undo-import'
import type { ImportDeps, ImportTarget, Stop } from './run.ts'

/** Takes an import back page by page; what journeys rest on stays and is counted. The file goes too. */
export async function takeBack({ db, beat }: ImportDeps, target: ImportTarget): Promise<Stop> {
  const { workspaceId, importId } = target
  const row = await findImport(db, workspaceId, importId)
  if (row?.status !== 'undoing') return { next: 'end' }
  while (await undoImportPage(db, workspaceId, importId)) beat()
  await deleteFile(db, workspaceId, row.fileId)
  await finishUndo(db, workspaceId, importId)
  return { next: 'end' }
}
