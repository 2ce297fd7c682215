import type { Text } from '@tropa/journey'
import type { StoredFormat } from './format.ts'

/** A place in a mapping that names a column the file does not have, and how the sender called it. */
export interface UnknownColumn {
  path: string
  name: string
  isNumber: boolean
}

/** Every column named anywhere in a mapping, as it was sent, that the file does not have. */
export function unknownColumns(
  mapping: unknown,
  columns: StoredFormat['columns'],
  path = '',
): UnknownColumn[] {
  if (typeof mapping !== 'object' || mapping === null) return []
  return Object.entries(mapping).flatMap(([key, value]) => {
    const at = path === '' ? key : `${path}.${key}`
    if (key !== 'column') return unknownColumns(value, columns, at)
    if (typeof value !== 'number')
      return [{ path: at, name: `“${String(value).slice(0, 60)}”`, isNumber: false }]
    return columns[value] === undefined ? [{ path: at, name: String(value + 1), isNumber: true }] : []
  })
}

const mostShown = 20

/** Which columns there are not, and which there are; columns are counted from 1, as on the screens. */
export function unknownColumnsSentence(
  unknown: readonly UnknownColumn[],
  columns: StoredFormat['columns'],
): Text {
  const names = [...new Set(unknown.map(({ name }) => name))].join(', ')
  const shown = columns
    .slice(0, mostShown)
    .map(({ name }, index) =>
      [index + 1, name === String(index + 1) ? '' : ` “${name.slice(0, 40)}”`].join(''),
    )
  const list = `${shown.join(', ')}${columns.length > mostShown ? ', …' : ''}`
  return {
    en: `The file has no column ${names}. It has ${columns.length}: ${list}. Choose from these by number.`,
    ru: `В файле нет столбца ${names}. Столбцов в нём ${columns.length}: ${list}. Выберите из них по номеру.`.replace(
      /“([^”]*)”/g,
      '«$1»',
    ),
  }
}
