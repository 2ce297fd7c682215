import type { Database } from '@tropa/db'
import { findClock } from '@tropa/db/feed'
import { findImport, type ImportRow, moveImport } from '@tropa/db/imports'
import { mappingShape, storedFormatShape } from '@tropa/intake'
import type { Text } from '@tropa/journey'
import { feedToNextStop } from './feed.ts'
import type { ImportDeps, ImportTarget, Stop } from './import-deps.ts'
import { loadToNextStop } from './load.ts'

const brokenInside: Text = {
  en: 'The import stopped on an error of ours. What was stored stays; resume it, or undo it and report the import’s id.',
  ru: 'Импорт остановился из-за нашей ошибки. Сохранённое осталось; продолжите его или отмените и сообщите номер импорта.',
}

/** Ends an import with a sentence that says why. */
export async function failImport(
  db: Database,
  { workspaceId, importId }: ImportTarget,
  failure: Text = brokenInside,
): Promise<void> {
  const change = { status: 'failed' as const, failure, finishedAt: new Date() }
  await moveImport(db, workspaceId, importId, ['running', 'undoing'], change)
}

/** Answers what a status means for whoever runs the import. */
export function stopOf(row: ImportRow | null): Stop {
  return { next: row?.status === 'paused' ? 'wait' : 'end' }
}

/** Goes on with an import from where the database says it is, until it ends, fails, or a member pauses or stops it. */
export async function runToNextStop(deps: ImportDeps, target: ImportTarget): Promise<Stop> {
  const { db, beat } = deps
  const { workspaceId, importId } = target
  for (;;) {
    beat()
    const row = await findImport(db, workspaceId, importId)
    if (row?.status !== 'running') return stopOf(row)
    if (row.rowsTotal === null) {
      const format = storedFormatShape.parse(row.format)
      await loadToNextStop(deps, row, format, mappingShape.parse(row.mapping))
    } else if (row.mode === 'compressed' && (await findClock(db, importId))?.ended !== true) {
      await feedToNextStop(deps, row)
    } else {
      await moveImport(db, workspaceId, importId, ['running'], { status: 'done', finishedAt: new Date() })
    }
  }
}
