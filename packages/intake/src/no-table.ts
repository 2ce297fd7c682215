import type { Text } from '@tropa/journey'

/** More columns than any row may be mapped from. */
const maxColumns = 1_000

/** Why a file is not taken, and how to save it so that it is. */
const sentences = {
  empty: {
    en: 'The file is empty: it holds no line of text. Choose a CSV or text file with one event a line.',
    ru: 'Файл пуст: в нём нет ни одной строки текста. Выберите CSV или текстовый файл, где каждая строка — событие.',
  },
  utf16: {
    en: 'The file is saved in the encoding UTF-16 (“Unicode text”), which is not read. Save it as UTF-8, in a spreadsheet as “CSV UTF-8”, and send it again.',
    ru: 'Файл сохранён в кодировке UTF-16 («Текст Юникод»), она не читается. Сохраните его в UTF-8, в таблице — как «CSV UTF-8», и загрузите снова.',
  },
  spreadsheet: {
    en: 'This is a spreadsheet or an archive (XLSX, XLS, ODS, ZIP), which is not read. Open it, save the sheet as “CSV UTF-8”, and send that file.',
    ru: 'Это книга таблиц или архив (XLSX, XLS, ODS, ZIP), такие файлы не читаются. Откройте его, сохраните лист как «CSV UTF-8» и загрузите этот файл.',
  },
  packed: {
    en: 'The file is packed (GZIP), which is not read. Unpack it and send the file inside.',
    ru: 'Файл сжат (GZIP), такие файлы не читаются. Распакуйте его и загрузите файл изнутри.',
  },
  document: {
    en: 'This is a document or a web page (PDF, HTML, XML), even if its name says otherwise. Open it in a spreadsheet, save it as “CSV UTF-8”, and send that file.',
    ru: 'Это документ или веб-страница (PDF, HTML, XML), даже если имя говорит другое. Откройте его в таблице, сохраните как «CSV UTF-8» и загрузите этот файл.',
  },
  json: {
    en: 'This is JSON, and files are read as tables only. Save it as CSV with one event a line, or send it to the event API.',
    ru: 'Это JSON, а файлы читаются только как таблицы. Сохраните его как CSV, где каждая строка — событие, или отправьте в API событий.',
  },
  binary: {
    en: 'The file is not text. Send a CSV or text file with one event a line; a spreadsheet saves one as “CSV UTF-8”.',
    ru: 'Это не текстовый файл. Загрузите CSV или текст, где каждая строка — событие; таблица сохраняет его как «CSV UTF-8».',
  },
  oneColumn: {
    en: 'The lines of the file have one column only, and an event takes at least two: whose it is and when it was. Put commas, semicolons or tabs between the columns and send it again.',
    ru: 'В строках файла только один столбец, а событию нужны хотя бы два: чьё оно и когда было. Разделите столбцы запятыми, точками с запятой или табуляцией и загрузите снова.',
  },
  manyColumns: {
    en: 'The file has more than 1,000 columns. Leave out those you do not need and send it again.',
    ru: 'В файле больше 1000 столбцов. Уберите ненужные и загрузите снова.',
  },
} as const satisfies Record<string, Text>

/** First bytes by which files say what they are, in hexadecimal. */
const marks: [hex: string, what: keyof typeof sentences][] = [
  ['fffe', 'utf16'],
  ['feff', 'utf16'],
  ['504b0304', 'spreadsheet'],
  ['d0cf11e0', 'spreadsheet'],
  ['1f8b', 'packed'],
  ['255044462d', 'document'],
]

/** Zero bytes that a damaged line may hold: more than one in two hundred is no text. */
const mostZeros = 1 / 200
const tagged = /^\s*<(!doctype|html|\?xml|table|meta|head|body)\b/i

/** What zero bytes tell: text in UTF-16 has one beside each Latin character, all on the same side. */
function byZeros(head: Buffer): keyof typeof sentences | null {
  const sides = [0, 0]
  for (const [at, byte] of head.entries()) if (byte === 0) sides[at % 2] = (sides[at % 2] ?? 0) + 1
  const [even = 0, odd = 0] = sides
  if (even + odd <= head.length * mostZeros) return null
  const isOneSided = Math.min(even, odd) * 20 < Math.max(even, odd)
  return isOneSided && Math.max(even, odd) * 10 > head.length ? 'utf16' : 'binary'
}

function isJson(text: string): boolean {
  if (!/^\s*[[{]/.test(text)) return false
  const start = text.trimStart()
  return /^\[\s*[{[]/.test(start) || /^\{\s*"[^"]*"\s*:/.test(start)
}

/** Why the beginning of a file is that of no table of text, with what to do; null when it may be one. */
export function whyNoTable(head: Buffer): Text | null {
  const marked = marks.find(([hex]) => head.subarray(0, hex.length / 2).toString('hex') === hex)
  if (marked) return sentences[marked[1]]
  const zeros = byZeros(head)
  if (zeros) return sentences[zeros]
  const text = head.toString('utf8').replace(/^\ufeff/, '')
  if (text.trim() === '') return sentences.empty
  if (tagged.test(text)) return sentences.document
  return isJson(text) ? sentences.json : null
}

/** Why so many columns make no events; null when they may. */
export function whyNotSoMany(columns: number): Text | null {
  if (columns === 0) return sentences.empty
  if (columns === 1) return sentences.oneColumn
  return columns > maxColumns ? sentences.manyColumns : null
}
