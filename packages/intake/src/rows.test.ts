import { expect, test } from 'vitest'
import type { Format } from './format.ts'
import { type Row, readRows, UnreadableFile } from './rows.ts'

const csv: Format = { separator: ',', header: false, encoding: 'utf-8' }

async function* pieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function read(text: string | Buffer, format: Partial<Format> = {}, size = 7): Promise<Row[]> {
  const rows: Row[] = []
  for await (const row of readRows(pieces(Buffer.from(text), size), { ...csv, ...format })) rows.push(row)
  return rows
}

const cells = async (...args: Parameters<typeof read>) => (await read(...args)).map((row) => row.cells)

test.each([
  [
    'commas and quotes',
    'a,"b ""x"", y"\n1,2\n',
    {},
    [
      ['a', 'b "x", y'],
      ['1', '2'],
    ],
  ],
  [
    'semicolons with Windows line ends',
    'a;b\r\n1;2\r\n',
    { separator: ';' as const },
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  [
    'no newline at the end',
    '1\t2\n3\t4',
    { separator: 'tab' as const },
    [
      ['1', '2'],
      ['3', '4'],
    ],
  ],
  [
    'runs of blanks',
    '  00004 0001  19970101\t 2   29.33 \r\n\r\n 5 6 7 8 9',
    { separator: 'whitespace' as const },
    [
      ['00004', '0001', '19970101', '2', '29.33'],
      ['5', '6', '7', '8', '9'],
    ],
  ],
  ['a byte order mark and a header', '\ufeffимя,б\nАнна,2\n', { header: true }, [['Анна', '2']]],
])('reads %s', async (_, text, format, expected) => {
  expect(await cells(text, format)).toEqual(expected)
})

test('reads Windows-1251', async () => {
  const bytes = Buffer.from([0xc0, 0xed, 0xed, 0xe0, 0x2c, 0x31, 0x0a])
  expect(await cells(bytes, { encoding: 'windows-1251' })).toEqual([['Анна', '1']])
  expect(await cells(bytes)).not.toEqual([['Анна', '1']])
})

test.each([
  ['separated', 'кот,1\r\n"a\nb",2\r\n\r\nx,3\r\ny,4', csv],
  ['blank-separated', 'кот 1\r\n\r\n b 2\r\nx 3\ny 4', { ...csv, separator: 'whitespace' as const }],
  ['marked', '\ufeffname,n\r\nкот,1\r\nx,3\r\ny,4', { ...csv, header: true }],
])('reading on from any row of a %s file gives the same rows and lines', async (_, text, format) => {
  const bytes = Buffer.from(text)
  const all = await read(bytes, format, 5)
  expect(all.at(-1)?.byte).toBe(bytes.length)
  for (const [index, from] of all.entries()) {
    const rest: Row[] = []
    for await (const row of readRows(pieces(bytes.subarray(from.byte), 3), format, from)) rest.push(row)
    expect(rest).toEqual(all.slice(index + 1))
  }
})

test('a line that is far too long is one bad row and the next is fine', async () => {
  const text = `${'x'.repeat(70_000)} 1\n5 6\n`
  const rows = await read(text, { separator: 'whitespace' }, 4_096)
  expect(rows.map(({ cells, tooLong, line }) => [cells.length, tooLong, line])).toEqual([
    [0, true, 1],
    [2, false, 2],
  ])
  expect(rows.at(-1)?.byte).toBe(text.length)
})

test('a quotation mark that never closes stops the reading with its line', async () => {
  const text = `a,b\n1,"${'x,\n'.repeat(2_000_000)}`
  await expect(read(text, {}, 1 << 20)).rejects.toBeInstanceOf(UnreadableFile)
})
