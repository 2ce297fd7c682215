import type { FileColumn, IdentifierType, Mapping, TimeFormat, ValueType } from './import-job.ts'

/** What a column can be. */
export const columnRoles = [
  'customer',
  'time',
  'event',
  'property',
  'attribute',
  'messageId',
  'skip',
] as const

export type ColumnRole = (typeof columnRoles)[number]

export interface ColumnChoice {
  role: ColumnRole
  name: string
  type: ValueType
}

/** The wizard's view of a mapping: one choice per column, and what belongs to none. */
export interface Choices {
  columns: ColumnChoice[]
  /** The name of every event while no column holds it. */
  eventName: string
  identifier: IdentifierType
  timeFormat: TimeFormat
  zone: string
  madeUpPattern: string | null
  consentSource: string | null
}

const wordy = (samples: readonly string[], test: RegExp) =>
  samples.length > 0 && samples.every((sample) => test.test(sample.trim()))

/** The identifier a column's name and values look like. */
export function guessIdentifier(column: FileColumn | undefined): IdentifierType {
  if (!column) return 'external_id'
  if (/e-?mail|почт/i.test(column.name) || wordy(column.samples, /^[^@\s]+@[^@\s]+$/)) return 'email'
  if (/phone|тел/i.test(column.name) || wordy(column.samples, /^\+\d[\d\s()-]{8,}$/)) return 'phone'
  return 'external_id'
}

/** The date format of a column; whatever is not plainly one of ours is left to the server. */
export function guessTimeFormat(column: FileColumn | undefined): TimeFormat {
  return column && wordy(column.samples, /^(19|20)\d{2}(0[1-9]|1[0-2])([0-2]\d|3[01])$/) ? 'YYYYMMDD' : 'auto'
}

/** Digits with leading zeros, `0001`: a code or a second id, not a number to count with. */
function looksLikeCode({ samples }: FileColumn): boolean {
  return wordy(samples, /^\d+$/) && samples.some((sample) => /^0\d/.test(sample.trim()))
}

/** A time by its header, or by most of its values: one bad date in a file must not hide the column. */
function looksLikeTime({ name, samples }: FileColumn): boolean {
  if (/date|time|when|created|дата|врем/i.test(name)) return true
  const dated = samples.filter((sample) => /^\d{1,4}[-./]\d{1,2}[-./]\d{1,4}/.test(sample.trim()))
  return dated.length > samples.length / 2
}

function valueType(column: FileColumn): ValueType {
  if (column.guess === 'number') return 'number'
  if (column.guess === 'time') return 'date'
  return 'text'
}

/** A property name from a header: `Order Total` → `order_total`; without one, by what the numbers look like. */
export function propertyName(column: FileColumn): string {
  const named = column.name
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_+|_+$/g, '')
  if (named && !/^\d+$/.test(named)) return named
  if (wordy(column.samples, /^-?\d+[.,]\d+$/)) return 'total'
  if (wordy(column.samples, /^\d{1,4}$/)) return 'quantity'
  return `column_${column.index + 1}`
}

/** The first good guess for a file: what most people would choose, so that they only have to press Next. */
export function guessChoices(columns: readonly FileColumn[], zone: string): Choices {
  const first = (wanted: FileColumn['guess']) => columns.find(({ guess }) => guess === wanted)
  const customer = first('customer') ?? first('email') ?? columns[0]
  const time = first('time') ?? columns.find((column) => column !== customer && looksLikeTime(column))
  const event = columns.find(({ name }) => /^(event|событие)$/i.test(name.trim()))
  const messageId = columns.find(({ name }) => /^message_?id$/i.test(name.trim()))
  const taken = new Set<string>()
  const choices = columns.map((column): ColumnChoice => {
    const type = valueType(column)
    const role: ColumnRole =
      column === customer
        ? 'customer'
        : column === time
          ? 'time'
          : column === event
            ? 'event'
            : column === messageId
              ? 'messageId'
              : column.guess === 'customer' || looksLikeCode(column)
                ? 'skip'
                : column.guess === 'email'
                  ? 'attribute'
                  : 'property'
    let name = propertyName(column)
    if (role === 'property') {
      if (taken.has(name)) name = `${name}_${column.index + 1}`
      taken.add(name)
    }
    return { role, name, type }
  })
  return {
    columns: choices,
    eventName: 'order',
    identifier: guessIdentifier(customer),
    timeFormat: guessTimeFormat(time),
    zone,
    madeUpPattern: null,
    consentSource: null,
  }
}

/** The choices a stored mapping stands for, so that a reload goes on where the member was. */
export function choicesOf(mapping: Mapping, columns: readonly FileColumn[], zone: string): Choices {
  const blank = guessChoices(columns, zone)
  const named = (list: Mapping['properties'], index: number) => list.find(({ column }) => column === index)
  return {
    columns: columns.map(({ index }, at): ColumnChoice => {
      const fallback = blank.columns[at] ?? { role: 'skip', name: `column_${index + 1}`, type: 'text' }
      if (mapping.customer.column === index) return { ...fallback, role: 'customer' }
      if (mapping.time.column === index) return { ...fallback, role: 'time' }
      if ('column' in mapping.event && mapping.event.column === index) return { ...fallback, role: 'event' }
      if (mapping.messageId?.column === index) return { ...fallback, role: 'messageId' }
      const property = named(mapping.properties, index)
      if (property) return { role: 'property', name: property.name, type: property.type }
      const attribute = named(mapping.attributes, index)
      if (attribute) return { role: 'attribute', name: attribute.name, type: attribute.type }
      return { ...fallback, role: 'skip' }
    }),
    eventName: 'name' in mapping.event ? mapping.event.name : blank.eventName,
    identifier: mapping.customer.identifier,
    timeFormat: mapping.time.format,
    zone: mapping.time.zone || zone,
    madeUpPattern: mapping.emailAddress?.pattern ?? null,
    consentSource: mapping.consentEmail?.source ?? null,
  }
}

export type ChoiceFault = 'noCustomer' | 'noTime' | 'noEvent' | 'nameEmpty' | 'nameTwice'

/** What keeps choices from being a mapping. */
export function faultsOf(choices: Choices): ChoiceFault[] {
  const roles = choices.columns.map(({ role }) => role)
  const names = (wanted: ColumnRole) =>
    choices.columns.filter(({ role }) => role === wanted).map(({ name }) => name.trim())
  const all = [names('property'), names('attribute')]
  const faults: ChoiceFault[] = []
  if (!roles.includes('customer')) faults.push('noCustomer')
  if (!roles.includes('time')) faults.push('noTime')
  if (!roles.includes('event') && choices.eventName.trim() === '') faults.push('noEvent')
  if (all.some((list) => list.includes(''))) faults.push('nameEmpty')
  if (all.some((list) => new Set(list).size < list.length)) faults.push('nameTwice')
  return faults
}

/** Gives a column a role; a role only one column can have leaves the one that had it. */
export function withRole(choices: Choices, index: number, role: ColumnRole): Choices {
  const single = role === 'customer' || role === 'time' || role === 'event' || role === 'messageId'
  return {
    ...choices,
    columns: choices.columns.map((column, at) =>
      at === index
        ? { ...column, role }
        : single && column.role === role
          ? { ...column, role: 'skip' }
          : column,
    ),
  }
}

/** The mapping the server takes, or nothing while choices have faults. */
export function mappingOf(choices: Choices, columns: readonly FileColumn[]): Mapping | null {
  if (faultsOf(choices).length > 0) return null
  const at = (wanted: ColumnRole) => {
    const found = choices.columns.findIndex(({ role }) => role === wanted)
    return found < 0 ? null : (columns[found]?.index ?? found)
  }
  const list = (wanted: ColumnRole) =>
    choices.columns.flatMap(({ role, name, type }, place) =>
      role === wanted ? [{ column: columns[place]?.index ?? place, name: name.trim(), type }] : [],
    )
  const event = at('event')
  const messageId = at('messageId')
  return {
    event: event === null ? { name: choices.eventName.trim() } : { column: event },
    customer: { column: at('customer') ?? 0, identifier: choices.identifier },
    time: { column: at('time') ?? 0, format: choices.timeFormat, zone: choices.zone },
    properties: list('property'),
    attributes: list('attribute'),
    ...(messageId === null ? {} : { messageId: { column: messageId } }),
    ...(choices.madeUpPattern ? { emailAddress: { pattern: choices.madeUpPattern } } : {}),
    ...(choices.consentSource ? { consentEmail: { source: choices.consentSource } } : {}),
  }
}
