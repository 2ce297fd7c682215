import { type MappedRow, type Mapping, mapRow, type Row, type StoredFormat } from '@tropa/intake'

/** How much a file holds, told from its first rows. */
export interface Extent {
  rows: number
  /** Whether every row was looked at; otherwise `rows` is guessed from the length of the file. */
  counted: boolean
  /** The first and the last date among the rows looked at. */
  from: string
  until: string
}

const lookedAt = 10_000

/** How many rows a file has and which dates they span, or null when none of the rows looked at can be taken. */
export async function extentOf(
  read: AsyncIterable<Row>,
  mapping: Mapping,
  format: StoredFormat,
  fileSize: number,
  { most = lookedAt, onRow }: { most?: number; onRow?: (row: MappedRow) => void } = {},
): Promise<Extent | null> {
  let rows = 0
  let from = Infinity
  let until = -Infinity
  let byte = 0
  let counted = true
  for await (const next of read) {
    if (rows === most) {
      counted = false
      break
    }
    rows += 1
    byte = next.byte
    const mapped = mapRow(next, mapping, format)
    if (!mapped.ok) continue
    onRow?.(mapped.row)
    from = Math.min(from, mapped.row.at)
    until = Math.max(until, mapped.row.at)
  }
  if (until < from) return null
  return {
    rows: counted || byte === 0 ? rows : Math.round((rows * fileSize) / byte),
    counted,
    from: new Date(from).toISOString(),
    until: new Date(until).toISOString(),
  }
}
