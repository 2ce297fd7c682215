import type { Database } from '@tropa/db'
import { readEarlier } from '@tropa/db/already-known'
import { readFile } from '@tropa/db/files'
import type { ImportRow } from '@tropa/db/imports'
import {
  type Mapped,
  type Mapping,
  mappingShape,
  mapRow,
  type Row,
  readRows,
  rowTest,
  type StoredFormat,
  storedFormatShape,
  swallowedLines,
} from '@tropa/intake'
import type { Text } from '@tropa/journey'
import { importedBefore, type People, peopleOf } from './already-there.ts'
import { type Extent, extentOf } from './extent.ts'
import { nobodyEnters, openTo, type Reach, type ReachedJourney, reachOf } from './import-reach.ts'

const previewRows = 20
const checkedRows = 200
/** So many rows are looked through for stray quotation marks. */
const quoteRows = 5_000
const quotesShown = 3

/** A row of the file as it would be stored. */
export interface PreviewRow {
  line: number
  ok: boolean
  customer: string | null
  event: string | null
  time: string | null
  properties: Record<string, unknown> | null
  error: Text | null
}

/** What a member should know before the start, and the step of the wizard on which it can be changed. */
export interface Warning extends Text {
  step?: 'mode'
}

export interface Preview {
  preview: PreviewRow[]
  warnings: Warning[]
  /** Which published journeys its events begin or move on. */
  reach: Reach[]
  /** Why nobody would enter a journey, when nobody would. */
  silent: Text | null
  /** The live journeys that its events would begin in any mode but history. */
  couldEnter: ReachedJourney[]
  /** How many rows there are and which dates they span, once that is known. */
  extent: Extent | null
  /** How many customers the rows looked at for the extent name, and who of them is known already. */
  people: People | null
}

const nothing = {
  preview: [],
  warnings: [],
  reach: [],
  silent: null,
  couldEnter: [],
  extent: null,
  people: null,
}

function present(mapped: Mapped): PreviewRow {
  if (!mapped.ok) {
    const none = { customer: null, event: null, time: null, properties: null }
    return { line: mapped.line, ok: false, ...none, error: mapped.error.detail }
  }
  const { line, customer, event, at, properties } = mapped.row
  return {
    line,
    ok: true,
    customer: customer.value,
    event,
    time: new Date(at).toISOString(),
    properties,
    error: null,
  }
}

function warningsOf(mapping: Mapping, row: ImportRow, checked: Mapped[]): Warning[] {
  const wrong = checked.filter(({ ok }) => !ok).length
  const found: Warning[] = []
  if (wrong > 0) {
    found.push({
      en: `${wrong} of the first ${checked.length} rows cannot be taken. They will be left out and listed.`,
      ru: `${wrong} из первых ${checked.length} строк не подходят. Они будут пропущены и перечислены.`,
    })
  }
  const hasAddress = mapping.emailAddress !== undefined || mapping.customer.identifier === 'email'
  if (mapping.emailAddress) {
    found.push({
      en: 'The addresses are made up from a pattern. They suit a demo; nobody receives this mail. Customers who have an address keep it.',
      ru: 'Адреса выдуманы по шаблону. Они годятся для показа; эти письма никто не получит. У кого адрес уже есть, тому он и останется.',
      step: 'mode',
    })
  }
  if (row.mode !== 'history' && !hasAddress) {
    found.push({
      en: 'The file gives no email address, so journeys cannot write to new customers.',
      ru: 'В файле нет адресов почты, поэтому сценарии не смогут писать новым клиентам.',
      step: 'mode',
    })
  }
  if (row.mode !== 'history' && hasAddress && !mapping.consentEmail) {
    found.push({
      en: 'No consent to email is given, so marketing emails to new customers will not be sent.',
      ru: 'Согласие на письма не указано, поэтому рекламные письма новым клиентам не уйдут.',
      step: 'mode',
    })
  }
  if (row.mode === 'live') {
    found.push({
      en: 'Every row may start live journeys at once, whatever its date. To try a journey, choose the fast clock.',
      ru: 'Каждая строка может сразу запустить сценарии, какой бы ни была её дата. Для пробы выберите ускоренные часы.',
      step: 'mode',
    })
  }
  return found
}

const noRows: Text = {
  en: 'The file has no rows, only a header or nothing, so nothing would be imported. Choose a file with rows; if its first line is one, say that it has no header.',
  ru: 'В файле нет строк, только заголовок или ничего, поэтому импортировать нечего. Выберите файл со строками; если первая строка — данные, укажите, что заголовка нет.',
}

/** Quotation marks that open in one line and close in another, with what seem to be rows between, each with its lines. */
async function swallowedWarnings(rows: AsyncIterable<Row>, format: StoredFormat): Promise<Text[]> {
  const found: Text[] = []
  let seen = 0
  for await (const row of rows) {
    const { line, closesIn } = row
    const lines = swallowedLines(row, format)
    if (closesIn)
      found.push({
        en: `A quotation mark opens a cell in line ${line} and closes only in line ${closesIn}, with rows of their own on the way. Line ${line} will be left out, and the lines after it read as usual. To keep it, take these two marks out of the file and upload it again.`,
        ru: `В строке ${line} кавычка открывает ячейку, а закрыта она только в строке ${closesIn}, и между ними другие строки таблицы. Строка ${line} будет пропущена, следующие прочитаются как обычно. Чтобы она не пропала, уберите эти две кавычки из файла и загрузите его снова.`,
      })
    else if (lines)
      found.push({
        en: `Lines ${lines.from}–${lines.to} are read as one row, because a cell opens with a quotation mark in line ${lines.from} and closes in line ${lines.to}. If they are rows of their own, take these two marks out of the file and upload it again.`,
        ru: `Строки ${lines.from}–${lines.to} читаются как одна: ячейка открыта кавычкой в строке ${lines.from}, а закрыта в строке ${lines.to}. Если это отдельные строки, уберите эти две кавычки из файла и загрузите его снова.`,
      })
    seen += 1
    if (found.length === quotesShown || seen === quoteRows) break
  }
  return found
}

async function hasRows(rows: AsyncIterable<Row>): Promise<boolean> {
  for await (const _ of rows) return true
  return false
}

/** What the first rows would become under the mapping, and what a member should know before the start. */
export async function previewImport(db: Database, row: ImportRow): Promise<Preview> {
  const format = storedFormatShape.parse(row.format)
  const read = () => readRows(readFile(db, row.workspaceId, row.fileId), format)
  if (!(await hasRows(read()))) return { ...nothing, warnings: [noRows] }
  const mapping = mappingShape.safeParse(row.mapping)
  if (!mapping.success) return nothing
  const isRow = rowTest(mapping.data, format)
  const readMapped = () => readRows(readFile(db, row.workspaceId, row.fileId), format, undefined, { isRow })
  const checked: Mapped[] = []
  for await (const next of readMapped()) {
    checked.push(mapRow(next, mapping.data, format))
    if (checked.length >= checkedRows) break
  }
  const seen = checked.flatMap((mapped) => (mapped.ok ? [mapped.row.event] : []))
  const reach = await reachOf(db, row, mapping.data, seen)
  const silent = nobodyEnters(reach, row.mode)
  const swallowed = await swallowedWarnings(readMapped(), format)
  const warnings = [...(silent ? [silent] : []), ...swallowed, ...warningsOf(mapping.data, row, checked)]
  const before = importedBefore(await readEarlier(db, row), row.mode)
  const named = new Set<string>()
  const extent = await extentOf(readMapped(), mapping.data, format, row.fileSize, {
    onRow: ({ customer }) => named.add(customer.value),
  })
  return {
    preview: checked.slice(0, previewRows).map(present),
    warnings: before ? [before, ...warnings] : warnings,
    reach: row.mode === 'history' ? [] : reach,
    silent,
    couldEnter: openTo(reach),
    extent,
    people: await peopleOf(db, row, mapping.data, named),
  }
}
