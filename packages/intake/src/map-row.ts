import { emailFrom } from './email-address.ts'
import type { Mapping, StoredFormat } from './format.ts'
import { readMoment } from './moment.ts'
import { maxCell } from './record.ts'
import { type RowError, rowError } from './row-error.ts'
import type { Row } from './rows.ts'

/** A row as an event. `at` is epoch milliseconds; without a clock it is noon and the importer tells repeats apart. */
export interface MappedRow {
  line: number
  customer: { type: string; value: string }
  /** A made-up address, for demos. */
  email: string | null
  event: string
  at: number
  hasClock: boolean
  properties: Record<string, unknown>
  attributes: Record<string, unknown>
  messageId: string | null
}

export type Mapped = { ok: true; row: MappedRow } | { ok: false; line: number; error: RowError }

/** Thrown inside a row and answered as its error. */
class Wrong extends Error {
  constructor(readonly error: RowError) {
    super(error.code)
  }
}

type Field = Mapping['properties'][number]

const yes = new Set(['true', 'yes', 'y', '1', 'да', 'истина', '+'])
const no = new Set(['false', 'no', 'n', '0', 'нет', 'ложь', '-'])

/** Reads a number as people write it: spaces between thousands, comma or point before the fraction. */
export function readNumber(cell: string): number | null {
  const plain = cell.replace(/[\s\u00a0\u202f]/g, '')
  const text = /^[+-]?\d+,\d+$/.test(plain) ? plain.replace(',', '.') : plain
  if (!/^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d{1,3})?$/i.test(text)) return null
  const value = Number(text)
  return Number.isFinite(value) ? value : null
}

/** How the rows of a file are written, as far as a single row does not show it. */
export type Writing = Pick<StoredFormat, 'separator' | 'columns'>

const thousandsOrFraction = /^[+-]?[1-9]\d{0,2},\d{3}$/
const surelyFraction = /^[+-]?(\d+,(\d{1,2}|\d{4,})|0\d*,\d+|\d{4,},\d+)$/

/** Whether `1,234` in a column is a fraction for sure: files with semicolons keep the comma for it, or other cells do. */
function hasDecimalCommas({ separator, columns }: Writing, column: number): boolean {
  return (
    separator === ';' || (columns[column]?.samples ?? []).some((cell) => surelyFraction.test(cell.trim()))
  )
}

function numberOf(cell: string, { name, column }: Field, writing: Writing): number {
  const value = readNumber(cell)
  if (value === null) throw new Wrong(rowError('number_wrong', cell, name))
  if (thousandsOrFraction.test(cell.trim()) && !hasDecimalCommas(writing, column))
    throw new Wrong(rowError('number_ambiguous', cell, name))
  return value
}

function readValue(cell: string, field: Field, zone: string, writing: Writing): unknown {
  const { type, name } = field
  if (type === 'number') {
    return numberOf(cell, field, writing)
  }
  if (type === 'boolean') {
    const word = cell.trim().toLowerCase()
    if (!yes.has(word) && !no.has(word)) throw new Wrong(rowError('boolean_wrong', cell, name))
    return yes.has(word)
  }
  if (type === 'date') {
    const moment = readMoment(cell, 'auto', zone)
    if (typeof moment === 'string') throw new Wrong(rowError('date_wrong', cell, name))
    const iso = new Date(moment.at).toISOString()
    return moment.hasClock ? iso : iso.slice(0, 10)
  }
  return cell
}

function fields(cells: string[], list: Field[], zone: string, writing: Writing): Record<string, unknown> {
  const found: Record<string, unknown> = {}
  for (const field of list) {
    const cell = cells[field.column] ?? ''
    if (cell.trim() !== '') found[field.name] = readValue(cell, field, zone, writing)
  }
  return found
}

function customerOf(cell: string, identifier: Mapping['customer']['identifier']): MappedRow['customer'] {
  const text = cell.trim()
  if (text === '') throw new Wrong(rowError('customer_empty'))
  const wrong = (): Wrong => new Wrong(rowError('customer_wrong', text, identifier))
  if (text.length > 256) throw wrong()
  if (identifier === 'email') {
    const value = emailFrom(text)
    if (value === null) throw wrong()
    return { type: 'email', value }
  }
  if (identifier === 'phone') {
    const digits = text.replace(/[\s().-]/g, '').replace(/^8(?=\d{10}$)/, '+7')
    if (!/^\+\d{8,15}$/.test(digits)) throw wrong()
    return { type: 'phone', value: digits }
  }
  return { type: 'external_id', value: text }
}

/** A pattern filled in with what of a customer may stand in an address. */
function fillIn(pattern: string, customer: string): string {
  const local = customer.toLowerCase().replace(/[^a-z0-9._-]/g, '-')
  return pattern.replaceAll('{external_id}', local).replaceAll('{customer}', local)
}

/** Whether a pattern makes addresses that letters can be sent to, of a customer whose id is nothing out of the way. */
export function makesAddresses(pattern: string): boolean {
  return emailFrom(fillIn(pattern, '1')) !== null
}

/** The address a demo gives a customer who has none. */
function madeUpEmail(customer: string, pattern: string): string {
  const made = fillIn(pattern, customer)
  const email = emailFrom(made)
  if (email === null) throw new Wrong(rowError('made_up_wrong', made))
  return email
}

function eventOf(cells: string[], event: Mapping['event']): string {
  if ('name' in event) return event.name
  const name = (cells[event.column] ?? '').trim()
  if (name === '' || name.length > 200 || name.startsWith('$')) throw new Wrong(rowError('event_empty'))
  return name
}

function assertReadable({ cells, tooLong, openQuote, closesIn }: Row, columns: number): void {
  if (closesIn) throw new Wrong(rowError('quote_stray', String(closesIn)))
  if (openQuote) throw new Wrong(rowError('quote_open'))
  if (tooLong || cells.some((cell) => cell.length > maxCell)) throw new Wrong(rowError('too_long'))
  const spare = cells.length === columns + 1 && cells.at(-1) === ''
  if (cells.length !== columns && !spare)
    throw new Wrong(rowError('columns_wrong', String(cells.length), String(columns)))
  if (cells.some((cell) => cell.includes('\u0000'))) throw new Wrong(rowError('zero_inside'))
  if (cells.some((cell) => cell.includes('\ufffd'))) throw new Wrong(rowError('encoding_wrong'))
}

function build(row: Row, mapping: Mapping, writing: Writing): MappedRow {
  assertReadable(row, writing.columns.length)
  const { cells, line } = row
  const { zone, format } = mapping.time
  const customer = customerOf(cells[mapping.customer.column] ?? '', mapping.customer.identifier)
  const written = cells[mapping.time.column] ?? ''
  const moment = readMoment(written, format, zone)
  if (typeof moment === 'string') throw new Wrong(rowError(moment, written, format))
  const pattern = mapping.emailAddress?.pattern
  const messageId = mapping.messageId ? (cells[mapping.messageId.column] ?? '').trim() : ''
  if (messageId.length > 128) throw new Wrong(rowError('too_long'))
  return {
    line,
    customer,
    email: pattern ? madeUpEmail(customer.value, pattern) : null,
    event: eventOf(cells, mapping.event),
    ...moment,
    properties: fields(cells, mapping.properties, zone, writing),
    attributes: fields(cells, mapping.attributes, zone, writing),
    messageId: messageId === '' ? null : messageId,
  }
}

/** What a row means under a mapping, or the first thing wrong with it. */
export function mapRow(row: Row, mapping: Mapping, writing: Writing): Mapped {
  try {
    return { ok: true, row: build(row, mapping, writing) }
  } catch (error) {
    if (error instanceof Wrong) return { ok: false, line: row.line, error: error.error }
    throw error
  }
}

/** A test of whether a line alone is a row under a mapping: its columns are those of the file, with a customer and a date. */
export function rowTest(mapping: Mapping, writing: Writing): (cells: string[]) => boolean {
  const { emailAddress: _, ...rest } = mapping
  const barest: Mapping = { ...rest, properties: [], attributes: [] }
  return (cells) => mapRow({ cells, byte: 0, line: 0, tooLong: false }, barest, writing).ok
}
