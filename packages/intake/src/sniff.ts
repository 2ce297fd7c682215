import type { Text } from '@tropa/journey'
import type { Format, StoredFormat } from './format.ts'
import { readNumber } from './map-row.ts'
import { readMoment } from './moment.ts'
import { maxRowBytes } from './record.ts'
import { readRows } from './rows.ts'

/** Several times what a quotation mark may hold, so one that never closes is known for what it is. */
const headBytes = 4 * maxRowBytes
const sampleCount = 200
const separators = ['tab', ';', ',', 'whitespace'] as const

type Guess = StoredFormat['columns'][number]['guess']

interface Head {
  bytes: Buffer
  /** The file goes on after it. */
  isCut: boolean
}

/** The whole lines of a file's beginning. */
function wholeLines(head: Buffer, isWholeFile: boolean): Head {
  const cut = head.subarray(0, headBytes)
  if (isWholeFile && head.length <= headBytes) return { bytes: cut, isCut: false }
  const end = Math.max(cut.lastIndexOf(10), cut.lastIndexOf(13))
  return { bytes: end < 0 ? cut : cut.subarray(0, end + 1), isCut: true }
}

/** Why a file in UTF-16 is not taken, and how to save it so that it is. */
export const utf16Sentence: Text = {
  en: 'The file is saved in the encoding UTF-16 (“Unicode text”), which is not read. Save it as UTF-8, in a spreadsheet as “CSV UTF-8”, and send it again.',
  ru: 'Файл сохранён в кодировке UTF-16 («Текст Юникод»), она не читается. Сохраните его в UTF-8, в таблице — как «CSV UTF-8», и загрузите снова.',
}

/** Whether a file says by its first bytes that it is in UTF-16, which is not read. */
export function isUtf16(head: Buffer): boolean {
  return (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)
}

function encodingOf(head: Buffer): Format['encoding'] {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head)
    return 'utf-8'
  } catch {
    return 'windows-1251'
  }
}

async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes
}

async function rowsOf({ bytes, isCut }: Head, format: Format): Promise<string[][]> {
  const rows: string[][] = []
  for await (const { cells, tooLong, openQuote } of readRows(once(bytes), format, undefined, { isCut })) {
    if (!tooLong && !openQuote) rows.push(cells)
    if (rows.length >= sampleCount) break
  }
  return rows
}

function commonest(lengths: number[]): { columns: number; share: number } {
  const counts = new Map<number, number>()
  for (const length of lengths) counts.set(length, (counts.get(length) ?? 0) + 1)
  const [columns = 0, n = 0] = [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? []
  return { columns, share: lengths.length === 0 ? 0 : n / lengths.length }
}

const isDate = (cell: string): boolean => {
  const moment = readMoment(cell, 'auto', 'UTC')
  return moment === 'time_ambiguous' || typeof moment !== 'string'
}

const customerWords = /(^|[^a-z])(customer|client|user|buyer|member)|клиент|покупател|external.?id/i
const timeWords = /date|time|when|created|дата|врем/i

/** Nearly all: a few broken rows do not change what a column is. */
function mostly(cells: string[], fits: (cell: string) => boolean): boolean {
  return cells.filter(fits).length >= cells.length * 0.95
}

function guessOf(name: string, cells: string[]): Guess {
  const filled = cells.filter((cell) => cell.trim() !== '')
  if (filled.length === 0) return 'text'
  if (mostly(filled, (cell) => /^[^\s@]+@[^\s@]+$/.test(cell))) return 'email'
  if (mostly(filled, isDate)) return 'time'
  if (timeWords.test(name) && mostly(filled, (cell) => /^\d{10}(\d{3})?$/.test(cell))) return 'time'
  if (customerWords.test(name)) return 'customer'
  return filled.every((cell) => readNumber(cell) !== null) ? 'number' : 'text'
}

/** Without a telling name the customer is a column of addresses, else the first one of ids. */
function markCustomer(columns: StoredFormat['columns']): void {
  if (columns.some(({ guess }) => guess === 'customer')) return
  const looksLikeId = ({ guess, samples }: StoredFormat['columns'][number]): boolean =>
    guess !== 'time' && samples.length > 0 && samples.every((cell) => /^[\w-]*\d[\w-]*$/.test(cell))
  const found = columns.find(({ guess }) => guess === 'email') ?? columns.find(looksLikeId)
  if (found) found.guess = 'customer'
}

function hasHeader(rows: string[][]): boolean {
  const [first = [], ...rest] = rows
  const isValue = (cell: string): boolean => readNumber(cell) !== null || isDate(cell) || /@/.test(cell)
  if (first.length === 0 || first.some((cell) => cell.trim() === '' || isValue(cell))) return false
  if (new Set(first).size < first.length) return false
  if (rest.length === 0) return first.length > 1
  const valued = first.some((_, index) => rest.length > 0 && rest.every((row) => isValue(row[index] ?? '')))
  return valued || first.some((cell) => customerWords.test(cell) || timeWords.test(cell))
}

/** The columns of a file as read in a format, with samples and a guess of what each is. */
export async function describeColumns(
  head: Buffer,
  isWholeFile: boolean,
  format: Format,
): Promise<StoredFormat> {
  const rows = await rowsOf(wholeLines(head, isWholeFile), { ...format, header: false })
  const names = format.header ? (rows.shift() ?? []) : []
  const { columns: count } = commonest(rows.map((row) => row.length))
  const typical = rows.filter((row) => row.length === count)
  const width = Math.max(count, names.length)
  const columns = Array.from({ length: width }, (_, index) => {
    const cells = typical.map((row) => row[index] ?? '')
    const name = names[index]?.trim() || `${index + 1}`
    const samples = [...new Set(cells.filter((cell) => cell.trim() !== ''))].slice(0, 5)
    return {
      index,
      name: name.slice(0, 200),
      samples: samples.map((cell) => cell.slice(0, 100)),
      guess: guessOf(name, cells),
    }
  })
  markCustomer(columns)
  return {
    ...format,
    columns,
    sampleRows: rows.slice(0, 5).map((row) => row.map((cell) => cell.slice(0, 100))),
  }
}

/** Guesses how a file is to be read from its beginning; null when it is no table of text. */
export async function sniff(head: Buffer, isWholeFile: boolean): Promise<StoredFormat | null> {
  const lines = wholeLines(head, isWholeFile)
  if (lines.bytes.length === 0 || isUtf16(head) || lines.bytes.includes(0)) return null
  const encoding = encodingOf(lines.bytes)
  let best: { separator: Format['separator']; share: number; rows: string[][] } | null = null
  for (const separator of separators) {
    const rows = await rowsOf(lines, { separator, header: false, encoding })
    const { columns, share } = commonest(rows.map((row) => row.length))
    if (columns >= 2 && share > (best ? best.share + 0.05 : 0.6)) best = { separator, share, rows }
  }
  const separator = best?.separator ?? ','
  const rows = best?.rows ?? (await rowsOf(lines, { separator, header: false, encoding }))
  if (rows.length === 0) return null
  return describeColumns(head, isWholeFile, { separator, header: hasHeader(rows), encoding })
}
