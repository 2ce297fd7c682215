import { Readable } from 'node:stream'
import { parse } from 'csv-parse'
import type { Format } from './format.ts'

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
}

const maxRowBytes = 64 * 1024
const newline = 10
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

async function* whitespaceRows(
  chunks: AsyncIterable<Buffer>,
  decode: (cell: string) => string,
): AsyncGenerator<Row> {
  let rest: Buffer = Buffer.alloc(0)
  let restBytes = 0
  let byte = 0
  let line = 0
  const rowOf = (bytes: Buffer, size: number, ended: number): Row | null => {
    byte += size + ended
    line++
    if (size > maxRowBytes) return { byte, line, cells: [], tooLong: true }
    const text = bytes.toString('latin1').trim()
    return text === '' ? null : { byte, line, cells: text.split(/[ \t]+/).map(decode), tooLong: false }
  }
  for await (const chunk of chunks) {
    let from = 0
    for (let at = chunk.indexOf(newline, from); at >= 0; at = chunk.indexOf(newline, from)) {
      const part = chunk.subarray(from, at)
      const row = rowOf(restBytes > 0 ? Buffer.concat([rest, part]) : part, restBytes + part.length, 1)
      rest = Buffer.alloc(0)
      restBytes = 0
      from = at + 1
      if (row) yield row
    }
    const tail = chunk.subarray(from)
    restBytes += tail.length
    rest = restBytes > maxRowBytes ? Buffer.alloc(0) : Buffer.concat([rest, tail])
  }
  const last = restBytes > 0 ? rowOf(rest, restBytes, 0) : null
  if (last) yield last
}

interface Parsed {
  record: string[]
  info: { bytes: number; lines: number }
}

async function* separatedRows(
  chunks: AsyncIterable<Buffer>,
  separator: string,
  decode: (cell: string) => string,
): AsyncGenerator<Row> {
  const parser = parse({
    delimiter: separator,
    info: true,
    encoding: 'latin1',
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    record_delimiter: ['\r\n', '\n'],
    max_record_size: 4 * 1024 * 1024,
  })
  const source = Readable.from(chunks, { objectMode: false, highWaterMark: 64 * 1024 })
  source.on('error', (error) => parser.destroy(error))
  source.pipe(parser)
  try {
    for await (const { record, info } of parser as AsyncIterable<Parsed>) {
      const size = record.reduce((sum, cell) => sum + cell.length, 0)
      const cells = size > maxRowBytes ? [] : record.map(decode)
      yield { byte: info.bytes, line: info.lines, cells, tooLong: size > maxRowBytes }
    }
  } finally {
    source.destroy()
    parser.destroy()
  }
}

/** A quotation mark that is never closed, or rows without an end: nothing after it can be trusted. */
export class UnreadableFile extends Error {
  constructor(
    readonly line: number,
    options: ErrorOptions,
  ) {
    super(`The file cannot be read after line ${line}`, options)
    this.name = 'UnreadableFile'
  }
}

/**
 * Reads rows from `from` on, whatever the line ends; blank lines and the header are passed over. `chunks` must begin
 * at that byte. Throws `UnreadableFile` where the text stops being a table.
 */
export async function* readRows(
  chunks: AsyncIterable<Buffer>,
  { separator, header, encoding }: Format,
  from: Place = { byte: 0, line: 0 },
): AsyncGenerator<Row> {
  const decode = decoder(encoding)
  const mark = { size: 0 }
  const marked = from.byte === 0 ? withoutMark(chunks, mark) : chunks
  const delimiter = separator === 'tab' ? '\t' : separator
  const rows =
    separator === 'whitespace' ? whitespaceRows(marked, decode) : separatedRows(marked, delimiter, decode)
  let line = from.line
  let passHeader = header && from.byte === 0
  try {
    for await (const row of rows) {
      line = from.line + row.line
      if (passHeader) {
        passHeader = false
        continue
      }
      yield { ...row, byte: from.byte + mark.size + row.byte, line }
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('CSV_'))
      throw new UnreadableFile(line, { cause: error })
    throw error
  }
}
