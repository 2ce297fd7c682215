import type { Format } from './format.ts'
import { blankRecordAt, type Found, lineAt, maxRowBytes, recordAt, type Telling } from './record.ts'

/** Where reading begins: the byte after the last whole row, and that row's line number. */
export interface Place {
  byte: number
  line: number
}

/** One row of a file, with the line it ends on and the byte after it. */
export interface Row extends Place {
  cells: string[]
  /** A line too long to be a row; its cells are empty. */
  tooLong: boolean
  /** A line whose quotation mark is not closed as it should be; its only cell is the line as it is written. */
  openQuote?: boolean
  /** The line in which that mark closes after all, over lines that are rows by themselves. */
  closesIn?: number
}

const beyondAscii = /[\x80-\xff]/

/** Undoes the byte-per-character reading that keeps byte positions exact in every encoding. */
function decoder(encoding: Format['encoding']): (cell: string) => string {
  const decode = new TextDecoder(encoding)
  return (cell) => (beyondAscii.test(cell) ? decode.decode(Buffer.from(cell, 'latin1')) : cell)
}

/** Leaves a byte order mark out; its size is kept in `mark`, because places are counted with it. */
async function* withoutMark(chunks: AsyncIterable<Buffer>, mark: { size: number }): AsyncGenerator<Buffer> {
  let first = true
  for await (const chunk of chunks) {
    if (first && chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf) mark.size = 3
    yield first ? chunk.subarray(mark.size) : chunk
    first = false
  }
}

/** The line `sep=;` that tells a spreadsheet how the file is separated, and holds nothing else. */
const isSeparatorHint = ([first = '', ...rest]: string[]): boolean =>
  /^sep=.?$/i.test(first) && rest.every((cell) => cell === '') && rest.length <= 1

type RecordAt = (text: string, from: number, isEnd: boolean) => Found | null

/** Cuts a text that comes in pieces into records, holding no more of it than one piece and one record. */
async function* tableRows(
  chunks: AsyncIterable<Buffer>,
  recordOf: RecordAt,
  { decode, isCut }: { decode: (cell: string) => string; isCut: boolean },
): AsyncGenerator<Row> {
  let text = ''
  let place: Place = { byte: 0, line: 0 }
  let dropped = 0
  function* take(isEnd: boolean): Generator<Row> {
    let at = 0
    while (at < text.length) {
      const found = dropped > 0 ? blankRecordAt(text, at, isEnd) : recordOf(text, at, isEnd)
      if (!found) break
      place = { byte: place.byte + found.next - at, line: place.line + found.lines }
      at = found.next
      const tooLong = dropped > 0 || found.fault === 'too_long'
      dropped = 0
      const openQuote = !tooLong && found.fault !== null
      const closes = found.closesAfter ? { closesIn: place.line + found.closesAfter } : {}
      if (tooLong) yield { ...place, cells: [], tooLong, openQuote }
      else if (found.cells.length > 0)
        yield { ...place, cells: found.cells.map(decode), tooLong, openQuote, ...closes }
    }
    text = text.slice(at)
  }
  for await (const chunk of chunks) {
    text += chunk.toString('latin1')
    yield* take(false)
    if (text.length <= maxRowBytes || lineAt(text, 0, false)) continue
    const kept = text.endsWith('\r') ? 1 : 0
    dropped += text.length - kept
    place = { ...place, byte: place.byte + text.length - kept }
    text = text.slice(text.length - kept)
  }
  if (isCut) return
  yield* take(true)
  if (dropped > 0)
    yield { byte: place.byte, line: place.line + 1, cells: [], tooLong: true, openQuote: false }
}

/** What a reader may know beside the format. */
interface Reading {
  /** The pieces stop before the file does, and what may go on after them is left out. */
  isCut?: boolean
  /** Tells rows from other text, so that no two stray quotation marks make one cell of the rows between them. */
  isRow?: Telling['isRow']
}

/**
 * Reads rows from `from` on, whatever the line ends; blank lines and the header are passed over. `chunks` must begin
 * at that byte.
 */
export async function* readRows(
  chunks: AsyncIterable<Buffer>,
  { separator, header, encoding }: Format,
  from: Place = { byte: 0, line: 0 },
  { isCut = false, isRow }: Reading = {},
): AsyncGenerator<Row> {
  const mark = { size: 0 }
  const marked = from.byte === 0 ? withoutMark(chunks, mark) : chunks
  const delimiter = separator === 'tab' ? '\t' : separator
  const decode = decoder(encoding)
  const telling = isRow && { decode, isRow }
  const recordOf: RecordAt =
    separator === 'whitespace'
      ? blankRecordAt
      : (text, at, isEnd) => recordAt(text, at, delimiter, isEnd, telling)
  let passHeader = header && from.byte === 0
  let isFirst = from.byte === 0
  for await (const row of tableRows(marked, recordOf, { decode, isCut })) {
    const isHint = isFirst && isSeparatorHint(row.cells)
    isFirst = false
    if (isHint) continue
    const { closesIn } = row
    const closes = closesIn === undefined ? {} : { closesIn: from.line + closesIn }
    if (!passHeader)
      yield { ...row, byte: from.byte + mark.size + row.byte, line: from.line + row.line, ...closes }
    passHeader = false
  }
}
