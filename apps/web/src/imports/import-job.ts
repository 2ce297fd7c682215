import type { InferRequestType } from 'hono/client'
import type { Answer, Routes } from '../api.ts'
import type { Status } from '../ui/status-chip.tsx'

type Answered = Answer<Routes['imports'][':id']['$get']>

type Change = InferRequestType<Routes['imports'][':id']['$patch']>['json']

type Written = { format: NonNullable<Change['format']>; mapping: NonNullable<Change['mapping']> }

export type ImportStatus = Answered['status']

export type ImportMode = Answered['mode']

export type Separator = NonNullable<Written['format']['separator']>

export const separators = ['whitespace', ',', ';', 'tab'] as const satisfies readonly Separator[]

/** A column of the file as the server sees it: its first values and what they look like. */
export interface FileColumn {
  index: number
  name: string
  samples: string[]
  guess: 'customer' | 'email' | 'time' | 'number' | 'text'
}

/** What a column is called: by its header, or nothing when the file has none and the name is only its place. */
export function headerOf({ name, index }: Pick<FileColumn, 'name' | 'index'>): string | null {
  return name === '' || name === String(index + 1) ? null : name
}

/** How the file is read. */
export type FileFormat = Required<Written['format']> & {
  columns: FileColumn[]
  sampleRows: string[][]
}

/** Which column means what. */
export type Mapping = Omit<Written['mapping'], 'time' | 'properties' | 'attributes'> &
  Required<Pick<Written['mapping'], 'properties' | 'attributes'>> & {
    time: Required<Written['mapping']['time']>
  }

export type ValueType = Mapping['properties'][number]['type']

export type IdentifierType = Mapping['customer']['identifier']

export type TimeFormat = Mapping['time']['format']

export const timeFormats = [
  'auto',
  'YYYYMMDD',
  'YYYY-MM-DD',
  'DD.MM.YYYY',
  'DD/MM/YYYY',
  'MM/DD/YYYY',
  'unix',
  'unix_ms',
] as const satisfies readonly TimeFormat[]

/** What a change of a draft answers besides: the first rows, what to know before the start, which journeys are reached. */
type Preview = Pick<
  Answer<Routes['imports'][':id']['$patch']>,
  'preview' | 'warnings' | 'reach' | 'silent' | 'couldEnter' | 'extent' | 'people'
>

/** A row of the file as it would be stored. */
export type PreviewRow = Preview['preview'][number]

/** What an event of the file means to the published journeys. */
export type Reach = Preview['reach'][number]

/** An import from its upload to its end; only a draft has a preview. */
export type ImportJob = Omit<Answered, 'format' | 'mapping' | 'journeys' | 'emptied' | keyof Preview> &
  Partial<Preview & Pick<Answered, 'journeys' | 'emptied'>> & {
    format: FileFormat
    mapping: Mapping | Record<string, never>
  }

/** The chip of an import's status. */
export const importLook: Record<ImportStatus, Status> = {
  uploaded: 'off',
  running: 'wait',
  paused: 'off',
  stopped: 'off',
  done: 'ok',
  failed: 'err',
  undoing: 'wait',
  undone: 'off',
}

/** Whether the numbers still move. */
export function isMoving(status: ImportStatus): boolean {
  return status === 'running' || status === 'undoing'
}

const dayMs = 86_400_000
/** Reading the file is a small part of a compressed run, and the last waits after its last event are unknown. */
const shares = { reading: 0.05, clock: 0.93 }

/** Which day of how many the clock of a compressed run shows, counted from 1; nothing before it starts. */
export function daysOf({
  mode,
  virtualNow,
  virtualFrom,
  virtualUntil,
}: Pick<ImportJob, 'mode' | 'virtualNow' | 'virtualFrom' | 'virtualUntil'>): {
  at: number
  of: number
} | null {
  if (mode !== 'compressed' || !virtualNow || !virtualFrom || !virtualUntil) return null
  const since = (iso: string) => Math.floor((Date.parse(iso) - Date.parse(virtualFrom)) / dayMs)
  const of = since(virtualUntil) + 1
  return { at: Math.min(of, Math.max(0, since(virtualNow)) + 1), of }
}

/** Whether every event of a compressed run is through, so that only the waits inside journeys run on. */
export function isThrough({
  mode,
  rowsTotal,
  rowsStored,
  eventsFed,
}: Pick<ImportJob, 'mode' | 'rowsTotal' | 'rowsStored' | 'eventsFed'>): boolean {
  return mode === 'compressed' && rowsTotal !== null && rowsStored > 0 && eventsFed >= rowsStored
}

/** How much is done, from 0 to 1; of a compressed run by the days of its clock. */
export function shareDone(
  job: Pick<
    ImportJob,
    'mode' | 'rowsRead' | 'rowsTotal' | 'status' | 'virtualNow' | 'virtualFrom' | 'virtualUntil'
  >,
): number | undefined {
  if (job.status === 'done') return 1
  if (job.status === 'undoing') return undefined
  if (job.rowsRead === 0) return 0
  if (job.rowsTotal === null || job.rowsTotal === 0) return undefined
  const read = Math.min(1, job.rowsRead / job.rowsTotal)
  if (job.mode !== 'compressed') return read
  const days = daysOf(job)
  return days ? shares.reading + (shares.clock * days.at) / days.of : shares.reading * read
}

/** How much slower than wanted a clock must be for it to be worth a word. */
const worthAWord = 1.2

/** Whether a fast clock is plainly slower than was asked for. */
export function isBehind({
  secondsPerDay,
  realSecondsPerDay,
}: Pick<ImportJob, 'secondsPerDay' | 'realSecondsPerDay'>): boolean {
  return (
    secondsPerDay !== null && realSecondsPerDay !== null && realSecondsPerDay > secondsPerDay * worthAWord
  )
}

/** The shortest and longest a day may take on a fast clock, in seconds. */
export const paces = { min: 0.2, max: 60 }

/** Whether a day may take so many seconds. */
export function isPace(seconds: number | null): seconds is number {
  return seconds !== null && seconds >= paces.min && seconds <= paces.max
}

/** How many seconds so many days take on a clock on which one day takes `secondsPerDay`. */
export function compressedSeconds(days: number, secondsPerDay: number): number {
  return days * secondsPerDay
}

/** How many days the rows of a draft span, counting the first. */
export function daysOfFile({ from, until }: Pick<NonNullable<Preview['extent']>, 'from' | 'until'>): number {
  return Math.floor((Date.parse(until) - Date.parse(from)) / dayMs) + 1
}

/** A run as long as somebody likes to watch, in seconds. */
const watchable = 180

/** The pace at which so many days take about three minutes, to the tenth of a second. */
export function fittingPace(days: number): number {
  const pace = Math.round((watchable / days) * 10) / 10
  return Math.min(paces.max, Math.max(paces.min, pace))
}

/** How many seconds are left of a run at another speed: the same reckoning that the run shows at its own. */
export function secondsLeftAt(
  job: Pick<
    ImportJob,
    'mode' | 'virtualNow' | 'virtualFrom' | 'virtualUntil' | 'secondsLeft' | 'secondsPerDay'
  >,
  secondsPerDay: number,
): number {
  if (job.secondsLeft !== null && job.secondsPerDay)
    return (job.secondsLeft * secondsPerDay) / job.secondsPerDay
  const days = daysOf(job)
  return days ? compressedSeconds(days.of - days.at, secondsPerDay) : 0
}

/** How many events of a compressed run its clock has not let through, or never will. */
export function notPlayed({
  mode,
  rowsStored,
  eventsFed,
}: Pick<ImportJob, 'mode' | 'rowsStored' | 'eventsFed'>) {
  return mode === 'compressed' ? Math.max(0, rowsStored - eventsFed) : 0
}
