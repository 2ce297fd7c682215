import type { Text } from '@tropa/journey'
import type { Format, StoredFormat } from './format.ts'
import { readNumber } from './map-row.ts'
import { readMoment } from './moment.ts'
import { whyNoTable, whyNotSoMany } from './no-table.ts'
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
const versionWords = /version|верси|release|релиз/i
const timeWords = /date|time|when|created|дата|врем/i

/** Nearly all: a few broken rows do not change what a column is. */
function mostly(cells: string[], fits: (cell: string) => boolean): boolean {
  return cells.filter(fits).length >= cells.length * 0.95
}

/** A day with points and a year of two digits, which a version such as 1.2.34 resembles. */
const shortYear = /^\s*\d{1,2}\.\d{1,2}\.\d{2}(?!\d)/

/**
 * Whether cells are dates. Those with a year of two digits are only when each of them is a real day, one is written
 * with two digits throughout, and the column does not call itself a version.
 */
function areDates(name: string, cells: string[]): boolean {
  if (!mostly(cells, isDate)) return false
  const short = cells.filter((cell) => shortYear.test(cell))
  if (short.length === 0) return true
  return (
    !versionWords.test(name) && short.every(isDate) && short.some((cell) => /^\s*\d{2}\.\d{2}\./.test(cell))
  )
}

function guessOf(name: string, cells: string[]): Guess {
  const filled = cells.filter((cell) => cell.trim() !== '')
  if (filled.length === 0) return 'text'
  if (mostly(filled, (cell) => /^[^\s@]+@[^\s@]+$/.test(cell))) return 'email'
  if (areDates(name, filled)) return 'time'
  if (timeWords.test(name) && mostly(filled, (cell) => /^\d{10}(\d{3})?$/.test(cell))) return 'time'
  if (customerWords.test(name)) return 'customer'
  return filled.every((cell) => readNumber(cell) !== null) ? 'number' : 'text'
}

/** Without a telling name the customer is a column of addresses, else the one called id, else the first one of ids. */
function markCustomer(columns: StoredFormat['columns']): void {
  if (columns.some(({ guess }) => guess === 'customer')) return
  const looksLikeId = ({ guess, name, samples }: StoredFormat['columns'][number]): boolean =>
    guess !== 'time' &&
    !timeWords.test(name) &&
    samples.length > 0 &&
    samples.every((cell) => /^[\w-]*\d[\w-]*$/.test(cell))
  const found =
    columns.find(({ guess }) => guess === 'email') ??
    columns.find(({ guess, name }) => guess !== 'time' && /^(id|ид)$/i.test(name)) ??
    columns.find(looksLikeId)
  if (found) found.guess = 'customer'
}

/** Whether the first row names the columns: it holds no values, and stands over values or is made of telling names. */
function hasHeader(rows: string[][]): boolean {
  const [first = [], ...rest] = rows
  const isValue = (cell: string): boolean => readNumber(cell) !== null || isDate(cell) || /@/.test(cell)
  const named = first.filter((cell) => cell.trim() !== '')
  if (named.length === 0 || named.some(isValue)) return false
  const isOverValues = first.some((name, index) => {
    const cells = rest.map((row) => row[index] ?? '').filter((cell) => cell.trim() !== '')
    return name.trim() !== '' && cells.length > 0 && mostly(cells, isValue)
  })
  if (isOverValues) return true
  if (named.length < first.length || new Set(first).size < first.length) return false
  if (rest.length === 0) return first.length > 1
  return first.some((cell) => customerWords.test(cell) || timeWords.test(cell))
}

/** The names of the columns, each but once: without a name a column is called by its number. */
function namesOf(width: number, header: string[]): string[] {
  const used = new Set<string>()
  const saidBefore = new Map<string, number>()
  return Array.from({ length: width }, (_, index) => {
    const name = (header[index]?.trim() || `${index + 1}`).slice(0, 200)
    let own = name
    let n = saidBefore.get(name) ?? 1
    while (used.has(own)) own = `${name} ${++n}`
    saidBefore.set(name, n)
    used.add(own)
    return own
  })
}

/** The columns of a file as read in a format, with samples and a guess of what each is. */
export async function describeColumns(
  head: Buffer,
  isWholeFile: boolean,
  format: Format,
): Promise<StoredFormat> {
  const rows = await rowsOf(wholeLines(head, isWholeFile), { ...format, header: false })
  const header = format.header ? (rows.shift() ?? []) : []
  const { columns: count } = commonest(rows.map((row) => row.length))
  const typical = rows.filter((row) => row.length === count)
  const width = Math.max(count, header.length)
  const names = namesOf(width, header)
  const columns = Array.from({ length: width }, (_, index) => {
    const cells = typical.map((row) => row[index] ?? '')
    const name = names[index] ?? ''
    const samples = [...new Set(cells.filter((cell) => cell.trim() !== ''))].slice(0, 5)
    return {
      index,
      name,
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

/** What a file was found to be: a table to be read so, or none, with why and what to do. */
export type Sniffed = { format: StoredFormat } | { refused: Text }

/** Guesses how a file is to be read from its beginning. */
export async function sniff(head: Buffer, isWholeFile: boolean): Promise<Sniffed> {
  const refused = whyNoTable(head)
  if (refused) return { refused }
  const lines = wholeLines(head, isWholeFile)
  const encoding = encodingOf(lines.bytes)
  let best: { separator: Format['separator']; share: number; rows: string[][] } | null = null
  for (const separator of separators) {
    const rows = await rowsOf(lines, { separator, header: false, encoding })
    const { columns, share } = commonest(rows.map((row) => row.length))
    if (columns >= 2 && share > (best ? best.share + 0.05 : 0.6)) best = { separator, share, rows }
  }
  const separator = best?.separator ?? ','
  const rows = best?.rows ?? (await rowsOf(lines, { separator, header: false, encoding }))
  const format = await describeColumns(head, isWholeFile, { separator, header: hasHeader(rows), encoding })
  const unfit = whyNotSoMany(format.columns.length)
  return unfit ? { refused: unfit } : { format }
}
