/** One record of a text: its cells, where the text goes on after it, and how many lines it takes. */
export interface Found {
  cells: string[]
  next: number
  lines: number
  /** Why it is no row: too long, or a quotation mark that opens and does not close as it should; then `cells` is its line. */
  fault: 'too_long' | 'quote_open' | 'quote_stray' | null
  /** Of a stray mark: how many lines after its own it closes. */
  closesAfter?: number
}

/** What tells the rows of a file from other text. */
export interface Telling {
  decode: (cell: string) => string
  /** Whether the decoded cells of a line are a row by itself. */
  isRow: (cells: string[]) => boolean
}

/** More than any row may have, quoted line ends and all, in bytes. */
export const maxRowBytes = 64 * 1024

/** More than any cell may have, in characters. */
export const maxCell = 8_192

const quote = '"'
const lineBreak = /\r\n?|\n/g

interface Line {
  stop: number
  next: number
}

/** The line that begins at `from`, ended in any of the three ways; null when more text must tell. */
export function lineAt(text: string, from: number, isEnd: boolean): Line | null {
  lineBreak.lastIndex = from
  const found = lineBreak.exec(text)
  if (!found) return isEnd ? { stop: text.length, next: text.length } : null
  const next = lineBreak.lastIndex
  if (found[0] === '\r' && next === text.length && !isEnd) return null
  return { stop: found.index, next }
}

/** Where a quoted cell closes: its last mark, `loose` when that is followed by more of the cell, or not at all. */
function closeOf(text: string, open: number, separator: string): { at: number; loose: boolean } | null {
  for (let at = text.indexOf(quote, open + 1); at >= 0; at = text.indexOf(quote, at + 2)) {
    const after = text[at + 1]
    if (after === quote) continue
    return { at, loose: after !== undefined && after !== separator && after !== '\n' && after !== '\r' }
  }
  return null
}

function countBreaks(text: string): number {
  return text.match(lineBreak)?.length ?? 0
}

type Read = { cells: string[]; stop: number; lines: number } | 'open' | 'more'

/** The cells of a record with quotation marks; `open` when one is never closed, `more` when more text must tell. */
function quotedCells(text: string, from: number, separator: string, isEnd: boolean): Read {
  const cells: string[] = []
  const unended = isEnd || text.length - from > maxRowBytes ? 'open' : 'more'
  let lines = 1
  for (let at = from; ; ) {
    const close = text[at] === quote ? closeOf(text, at, separator) : null
    if (text[at] === quote && !close) return unended
    const inside = close ? text.slice(at + 1, close.at) : ''
    const breaks = countBreaks(inside)
    let end = close ? close.at + 1 : at
    if (end - from > maxRowBytes || (close?.loose && breaks > 0)) return 'open'
    while (end < text.length && text[end] !== separator && text[end] !== '\n' && text[end] !== '\r') end++
    if (end - from > maxRowBytes) return 'open'
    if (end === text.length && !isEnd) return 'more'
    lines += breaks
    cells.push(close && !close.loose ? inside.replaceAll('""', quote) : text.slice(at, end))
    if (text[end] !== separator) return { cells, stop: end, lines }
    at = end + 1
  }
}

/** Whether any of these lines is a row by itself. */
function holdsRow(text: string, separator: string, { decode, isRow }: Telling): boolean {
  for (let at = 0; at < text.length; ) {
    const line = lineAt(text, at, true)
    if (!line) return false
    const alone = recordAt(text.slice(at, line.stop), 0, separator, true)
    if (alone && !alone.fault && isRow(alone.cells.map(decode))) return true
    at = line.next
  }
  return false
}

/**
 * The record that begins at `from`; null when more text must tell. What it answers depends on the bytes of the record
 * alone, never on how the text came in pieces. A quotation mark opened and not closed within `maxRowBytes`, or closed
 * lines later in the midst of a cell, spoils its own line only: the text goes on with the next one. So does one that
 * closes lines later when a line on the way is a row by itself, or the cell is longer than any may be.
 */
export function recordAt(
  text: string,
  from: number,
  separator: string,
  isEnd: boolean,
  telling?: Telling,
): Found | null {
  const line = lineAt(text, from, isEnd)
  if (!line) return null
  const { stop, next } = line
  const written = text.slice(from, stop)
  if (written.length > maxRowBytes) return { cells: [], next, lines: 1, fault: 'too_long' }
  if (!written.includes(quote))
    return { cells: written === '' ? [] : written.split(separator), next, lines: 1, fault: null }
  const read = quotedCells(text, from, separator, isEnd)
  if (read === 'more') return null
  if (read === 'open') return { cells: [written], next, lines: 1, fault: 'quote_open' }
  const last = lineAt(text, read.stop, isEnd)
  if (last && telling && read.lines > 1) {
    const isStray =
      read.cells.some((cell) => cell.length > maxCell && telling.decode(cell).length > maxCell) ||
      holdsRow(text.slice(next, read.stop), separator, telling)
    if (isStray)
      return { cells: [written], next, lines: 1, fault: 'quote_stray', closesAfter: read.lines - 1 }
  }
  return last && { cells: read.cells, next: last.next, lines: read.lines, fault: null }
}

/** A line of cells with blanks between them, as `recordAt` answers it. */
export function blankRecordAt(text: string, from: number, isEnd: boolean): Found | null {
  const line = lineAt(text, from, isEnd)
  if (!line) return null
  const isLong = line.stop - from > maxRowBytes
  const written = isLong ? '' : text.slice(from, line.stop).trim()
  const cells = written === '' ? [] : written.split(/[ \t]+/)
  return { cells, next: line.next, lines: 1, fault: isLong ? 'too_long' : null }
}
