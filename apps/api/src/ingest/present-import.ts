import type { Queryable } from '@tropa/db'
import { type ClockRow, feedEnd, findClock } from '@tropa/db/feed'
import type { ImportErrorRow, ImportRow } from '@tropa/db/imports'
import type { Text } from '@tropa/journey'

interface Pace {
  rowsTotal: number | null
  rate: number | null
  secondsLeft: number | null
  virtualNow: string | null
  /** Whether the clock stands still because the engine is behind. */
  clockStands: boolean
  /** The first and the last date of the run's events. */
  virtualFrom: string | null
  virtualUntil: string | null
  /** How many seconds a day really takes, as soon as that can be told. */
  realSecondsPerDay: number | null
}

/** Before so long the pace of a clock says nothing. */
const tellingMs = 5_000

const dayMs = 86_400_000

/** The rows of the whole file, guessed from the share of bytes read until they have all been counted. */
function totalOf({ rowsTotal, rowsRead, position, fileSize }: ImportRow): number | null {
  if (rowsTotal !== null || !position || position.byte === 0) return rowsTotal
  return Math.max(rowsRead, Math.round((rowsRead * fileSize) / position.byte))
}

function paceOf(row: ImportRow, clock: ClockRow | null, lastStaged: number | null): Pace {
  const rowsTotal = totalOf(row)
  const rate = row.status === 'running' && row.rowsTotal === null ? (row.position?.rate ?? null) : null
  const reading = rate && rowsTotal !== null ? Math.ceil((rowsTotal - row.rowsRead) / rate) : null
  const left = clock && lastStaged ? Math.max(0, lastStaged - clock.virtualNow) / dayMs : null
  const feeding =
    left !== null && row.secondsPerDay ? Math.ceil(left * row.secondsPerDay * (clock?.slowdown ?? 1)) : null
  const iso = (at: number | null | undefined) => (at ? new Date(at).toISOString() : null)
  const telling = clock && row.status === 'running' && !clock.ended && clock.seenMs >= tellingMs
  return {
    rowsTotal,
    rate,
    secondsLeft: row.status === 'running' ? (feeding ?? reading) : null,
    virtualNow: iso(clock?.virtualNow),
    clockStands: row.status === 'running' && clock?.paused === true && !clock.ended,
    virtualFrom: iso(clock?.virtualStart),
    virtualUntil: iso(clock?.lastAt ?? lastStaged),
    realSecondsPerDay: telling && row.secondsPerDay ? row.secondsPerDay * clock.slowdown : null,
  }
}

/** An import as members see it. */
export async function presentImport(db: Queryable, row: ImportRow) {
  const compressed = row.mode === 'compressed' && row.rowsTotal !== null
  const clock = compressed ? await findClock(db, row.id) : null
  const lastStaged = clock && !clock.ended ? await feedEnd(db, row.id) : null
  const { workspaceId: _, fileId: _file, position: _position, fileHash: _hash, ...shown } = row
  return { ...shown, ...paceOf(row, clock, lastStaged) }
}

/** A row that was not taken, as members see it. */
export function presentImportError({ line, code, detail, raw }: ImportErrorRow) {
  return { line, code, detail: JSON.parse(detail) as Text, raw }
}

/** A cell that a spreadsheet takes as text: never as a formula, whatever a customer wrote. */
export function safeCell(text: string): string {
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\n\r]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}

/** One line of the list of rejected rows. */
export function errorLine({ line, code, detail, raw }: ReturnType<typeof presentImportError>): string {
  return `${[String(line), code, detail.en, detail.ru, raw].map(safeCell).join(',')}\r\n`
}
