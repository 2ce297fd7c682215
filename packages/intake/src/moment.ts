import type { TimeFormat } from './format.ts'

/** A moment read from a cell. Without a clock it stands for noon of that day in the zone. */
export interface Moment {
  at: number
  hasClock: boolean
}

export type MomentError = 'time_wrong' | 'time_ambiguous'

interface Day {
  year: number
  month: number
  day: number
}

const clockPart = String.raw`(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,6}))?)?\s*(Z|[+-]\d{2}:?\d{2})?)?`
const patterns: Record<'YYYYMMDD' | 'YYYY-MM-DD' | 'DD.MM.YYYY' | 'slash', RegExp> = {
  YYYYMMDD: new RegExp(String.raw`^(\d{4})(\d{2})(\d{2})${clockPart}$`),
  'YYYY-MM-DD': new RegExp(String.raw`^(\d{4})-(\d{1,2})-(\d{1,2})${clockPart}$`),
  'DD.MM.YYYY': new RegExp(String.raw`^(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})${clockPart}$`),
  slash: new RegExp(String.raw`^(\d{1,2})/(\d{1,2})/(\d{4})${clockPart}$`),
}

const formatters = new Map<string, Intl.DateTimeFormat>()

function formatterOf(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  formatters.set(zone, made)
  return made
}

/** How far a zone's clocks are ahead of UTC at an instant, in milliseconds. */
function offsetAt(zone: string, instant: number): number {
  const parts = new Map(
    formatterOf(zone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, Number(value)]),
  )
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0
  const local = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  )
  return local - Math.floor(instant / 1_000) * 1_000
}

const offsets = new Map<string, number>()

/** The instant at which a zone's clocks show a local time; of a doubled hour the first, of a missing one the later. */
function instantOf(local: number, zone: string): number {
  if (zone === 'UTC') return local
  const key = `${zone} ${Math.floor(local / 900_000)}`
  let offset = offsets.get(key)
  if (offset === undefined) {
    const before = offsetAt(zone, local - 86_400_000)
    const first = local - before
    offset = offsetAt(zone, first) === before ? before : offsetAt(zone, local - offsetAt(zone, local))
    if (offsets.size > 20_000) offsets.clear()
    offsets.set(key, offset)
  }
  return local - offset
}

function assemble(
  { year, month, day }: Day,
  clock: (string | undefined)[],
  zone: string,
): Moment | MomentError {
  const midnight = Date.UTC(year, month - 1, day)
  const back = new Date(midnight)
  const real = back.getUTCMonth() === month - 1 && back.getUTCDate() === day
  if (!real || year < 1900 || year > 2199) return 'time_wrong'
  const [hour, minute, second = '0', fraction = '', offset] = clock
  if (hour === undefined || minute === undefined)
    return { at: instantOf(midnight + 43_200_000, zone), hasClock: false }
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return 'time_wrong'
  const millis = Number(fraction.padEnd(3, '0').slice(0, 3))
  const local =
    midnight + Number(hour) * 3_600_000 + Number(minute) * 60_000 + Number(second) * 1_000 + millis
  if (!offset) return { at: instantOf(local, zone), hasClock: true }
  if (offset === 'Z') return { at: local, hasClock: true }
  const shift = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(-2))
  return { at: local - (offset[0] === '-' ? -shift : shift) * 60_000, hasClock: true }
}

function epoch(text: string, unit: number): Moment | MomentError {
  if (!/^\d{1,16}(\.\d+)?$/.test(text)) return 'time_wrong'
  const at = Math.floor(Number(text) * unit)
  return at > Date.UTC(2200, 0, 1) ? 'time_wrong' : { at, hasClock: true }
}

function slashed(match: RegExpExecArray, format: TimeFormat, zone: string): Moment | MomentError {
  const [, first, second, year, ...clock] = match
  if (format === 'auto') return 'time_ambiguous'
  const [day, month] = format === 'DD/MM/YYYY' ? [first, second] : [second, first]
  return assemble({ year: Number(year), month: Number(month), day: Number(day) }, clock, zone)
}

/** A year as written, of two digits by POSIX strptime's `%y`: 69–99 are of the twentieth century, the others of ours. */
function yearOf(written: string | undefined): number {
  const year = Number(written)
  if (written?.length !== 2) return year
  return year < 69 ? 2000 + year : 1900 + year
}

/** Reads a moment written in a format; times without an offset are of `zone`. */
export function readMoment(cell: string, format: TimeFormat, zone: string): Moment | MomentError {
  const text = cell.trim()
  if (format === 'unix') return epoch(text, 1_000)
  if (format === 'unix_ms') return epoch(text, 1)
  const dotted = format === 'auto' || format === 'DD.MM.YYYY' ? patterns['DD.MM.YYYY'].exec(text) : null
  if (dotted) {
    const [, day, month, year, ...clock] = dotted
    return assemble({ year: yearOf(year), month: Number(month), day: Number(day) }, clock, zone)
  }
  const slash = format === 'auto' || format.includes('/') ? patterns.slash.exec(text) : null
  if (slash) return slashed(slash, format, zone)
  for (const name of ['YYYY-MM-DD', 'YYYYMMDD'] as const) {
    const match = format === 'auto' || format === name ? patterns[name].exec(text) : null
    if (!match) continue
    const [, year, month, day, ...clock] = match
    return assemble({ year: Number(year), month: Number(month), day: Number(day) }, clock, zone)
  }
  return 'time_wrong'
}
