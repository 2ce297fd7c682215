import { Liquid } from 'liquidjs'

const partialTags = ['include', 'render', 'layout', 'block']
const noFiles = {
  exists: async () => false,
  existsSync: () => false,
  readFile: async () => refuseFile(),
  readFileSync: () => refuseFile(),
  resolve: () => refuseFile(),
  contains: async () => false,
  containsSync: () => false,
}

/** HTML parts: every value is escaped, and nothing can switch that off. */
export const htmlEngine = engine(escapeHtml)

/** Subjects: values as they are; the line is cleaned after rendering. */
export const lineEngine = engine(printable)

/** Names of filters and tags, for suggestions. */
export const filterNames = Object.keys(htmlEngine.filters)
export const tagNames = Object.keys(htmlEngine.tags)

function engine(outputEscape: (value: unknown) => string): Liquid {
  const liquid = new Liquid({
    strictVariables: true,
    strictFilters: true,
    lenientIf: true,
    ownPropertyOnly: true,
    catchAllErrors: true,
    relativeReference: false,
    dynamicPartials: false,
    fs: noFiles,
    outputEscape,
    timezoneOffset: 0,
    locale: 'en',
    parseLimit: 2_000_000,
    renderLimit: 1_000,
    memoryLimit: 5_000_000,
  })
  for (const tag of partialTags) delete liquid.tags[tag]
  delete liquid.filters.raw
  const html = outputEscape === escapeHtml
  const lineBreaks = (value: unknown) => outputEscape(value).replace(/\r?\n/g, html ? '<br>' : ' ')
  liquid.registerFilter('newline_to_br', { raw: true, handler: lineBreaks })
  // an explicit escape must not be escaped a second time
  if (html)
    for (const name of ['escape', 'xml_escape'])
      liquid.registerFilter(name, { raw: true, handler: escapeHtml })
  return liquid
}

/** Refuses to print what would read as `[object Object]`. */
function printable(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.map(printable).join(', ')
  if (typeof value === 'object') throw new Error('not_printable')
  return String(value)
}

function escapeHtml(value: unknown): string {
  return printable(value).replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`)
}

function refuseFile(): never {
  throw new Error('Templates read no files.')
}
