import { expect, test } from 'vitest'
import { sniff as sniffFile } from './sniff.ts'

async function sniff(head: Buffer, isWholeFile: boolean) {
  const sniffed = await sniffFile(head, isWholeFile)
  return 'format' in sniffed ? sniffed.format : null
}

const guesses = (format: Awaited<ReturnType<typeof sniff>>) => format?.columns.map(({ guess }) => guess)

test('a purchase log of blanks without a header is understood', async () => {
  const log = Buffer.from(
    ' 00004 0001 19970101  2   29.33\r\n 00004 0001 19970118  2   29.73\r\n 00018 0002 19970104  1   14.96\r\n',
  )
  const format = await sniff(log, true)
  expect(format).toMatchObject({ separator: 'whitespace', header: false, encoding: 'utf-8' })
  expect(guesses(format)).toEqual(['customer', 'number', 'time', 'number', 'number'])
  expect(format?.columns[0]?.samples).toEqual(['00004', '00018'])
})

test('a Russian spreadsheet in Windows-1251 with semicolons and decimal commas is understood', async () => {
  const rows = 'Клиент;Дата;Сумма\r\nИванов;31.12.2025;12,50\r\nПетров;01.01.2026;7,00\r\n'
  const bytes = Buffer.from(
    [...rows].map((char) => {
      const code = char.codePointAt(0) ?? 0
      return code >= 0x410 ? code - 0x410 + 0xc0 : code
    }),
  )
  const format = await sniff(bytes, true)
  expect(format).toMatchObject({ separator: ';', header: true, encoding: 'windows-1251' })
  expect(format?.columns.map(({ name }) => name)).toEqual(['Клиент', 'Дата', 'Сумма'])
  expect(guesses(format)).toEqual(['customer', 'time', 'number'])
})

test('a broken row among good ones does not change what the columns are', async () => {
  const rows = Array.from({ length: 40 }, (_, index) => `000${index + 10} 19970101 2 29.33`)
  const log = [...rows, 'this row is broken', 'cut off', ' 00099 never 1 5.00'].join('\n')
  const format = await sniff(Buffer.from(log), true)
  expect(guesses(format)).toEqual(['customer', 'time', 'text', 'text'])
  const shorter = await sniff(Buffer.from([...rows, 'cut off'].join('\n')), true)
  expect(guesses(shorter)).toEqual(['customer', 'time', 'number', 'number'])
})

test('commas, tabs and headers are told apart', async () => {
  const csv = await sniff(
    Buffer.from('user_id,created,note\n7,2024-01-01,"a, b; c"\n8,2024-01-02,x y\n'),
    true,
  )
  expect(csv).toMatchObject({ separator: ',', header: true })
  const tsv = await sniff(Buffer.from('7\t2024-01-01\n8\t2024-01-02\n'), true)
  expect(tsv).toMatchObject({ separator: 'tab', header: false })
})

test('what is no table of text is refused', async () => {
  expect(await sniff(Buffer.from([0x50, 0x4b, 3, 4, 0, 0]), true)).toBeNull()
  expect(await sniff(Buffer.from('\ufeffa,b', 'utf16le'), true)).toBeNull()
  expect(await sniff(Buffer.alloc(0), true)).toBeNull()
})

test('only whole lines of a long file are looked at', async () => {
  const format = await sniff(Buffer.from(`${'1,2024-01-01\n'.repeat(20_000)}x`), false)
  expect(format?.columns).toHaveLength(2)
})

test('an unclosed quotation mark anywhere does not hide the table', async () => {
  const good = Array.from({ length: 20_000 }, (_, n) => `${n},2024-01-01,5`)
  for (const at of [1, 2, 150]) {
    const lines = ['user_id,created,total', ...good]
    lines.splice(at, 0, '7,"open,2024-01-01')
    for (const count of [30, lines.length]) {
      const text = lines.slice(0, Math.max(count, at + 5)).join('\n')
      const format = await sniff(Buffer.from(text).subarray(0, 1 << 20), text.length <= 1 << 20)
      expect(format).toMatchObject({ separator: ',', header: true })
      expect(guesses(format)).toEqual(['customer', 'time', 'number'])
    }
  }
})

test('a genuine cell of many lines across the end of the head is no broken row', async () => {
  const note = `"${'word, word, word\n'.repeat(3_500)}"`
  const text = [
    'user_id,created,note',
    ...Array.from({ length: 6 }, (_, n) => `${n},2024-01-01,${note}`),
  ].join('\n')
  const format = await sniff(Buffer.from(text), false)
  expect(format?.columns.map(({ name }) => name)).toEqual(['user_id', 'created', 'note'])
  expect(format?.sampleRows.map(([id]) => id)).toEqual(['0', '1', '2', '3'])
})

test('lines that end as on an old Mac are understood', async () => {
  const format = await sniff(Buffer.from('user_id,created\r7,2024-01-01\r8,2024-01-02\r'), true)
  expect(format).toMatchObject({
    separator: ',',
    header: true,
    sampleRows: [
      ['7', '2024-01-01'],
      ['8', '2024-01-02'],
    ],
  })
})

test('a single line of words is a header without rows', async () => {
  expect(await sniff(Buffer.from('name,total\n'), true)).toMatchObject({ header: true, sampleRows: [] })
  expect(await sniff(Buffer.from('7,2024-01-01\n'), true)).toMatchObject({ header: false })
})

test('a header is known over values, be a name missing or said twice', async () => {
  const twice = await sniff(Buffer.from('id;date;total;total;\na;31.12.2025;5;6;\nb;01.01.2026;7;8;\n'), true)
  expect(twice).toMatchObject({ separator: ';', header: true })
  expect(twice?.columns.map(({ name }) => name)).toEqual(['id', 'date', 'total', 'total 2', '5'])
  const title = await sniff(Buffer.from('Report;;\n;;\nid;date;total\na;31.12.2025;5\n'), true)
  expect(title).toMatchObject({ header: false })
  const sum = await sniff(Buffer.from('who;city\na;Oslo\nb;Rome\n'), true)
  expect(sum).toMatchObject({ header: false })
})

test('a column called id is the customer before any other that looks like one', async () => {
  const format = await sniff(Buffer.from('id,date,total\nann,2025-01-01,5\nbob,2025-01-02,6\n'), true)
  expect(guesses(format)).toEqual(['customer', 'time', 'number'])
})

test('the line that tells a spreadsheet its separator is no row', async () => {
  const format = await sniff(Buffer.from('\ufeffsep=;\r\nid;date;total\r\na;31.12.2025;5,5\r\n'), true)
  expect(format).toMatchObject({ separator: ';', header: true, sampleRows: [['a', '31.12.2025', '5,5']] })
})

test.each([
  ['version', ['1.2.34', '10.11.12'], 'text'],
  ['build', ['1.2.34', '1.3.10'], 'text'],
  ['build', ['10.12.34', '10.13.34'], 'text'],
  ['bought', ['01.02.97', '3.2.97'], 'time'],
  ['bought', ['1.2.1997', '3.2.1997'], 'time'],
])('a column called %s with %j is taken for %s', async (name, cells, guess) => {
  const lines = [`id,${name}`, ...cells.map((cell, index) => `c${index},${cell}`)]
  const format = await sniff(Buffer.from(lines.join('\n')), true)
  expect(format?.columns[1]?.guess).toBe(guess)
})
