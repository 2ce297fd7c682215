import { describe, expect, test } from 'vitest'
import type { Format } from './format.ts'
import { type Row, readRows } from './rows.ts'

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
  [
    'on after the line of a separator',
    'sep=,\na,b\nsep=,\n',
    {},
    [
      ['a', 'b'],
      ['sep=', ''],
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

const told = (rows: Row[]) => rows.map(({ cells, line, openQuote }) => [line, openQuote ? 'open' : cells[0]])

test.each([
  ['to the end of the file', '1,a\n2,"b\n3,c\n4,d', [3, 4]],
  ['until the next quoted cell', '1,a\n2,"b\n3,c\n4,"d, e",5\n5,e', [3, 4, 5]],
  ['longer than a row may be', `1,a\n2,"b\n${'3,c\n'.repeat(30_000)}`, [3, 3]],
  ['in a file of Mac line ends', '1,a\r2,"b\r3,c\r4,"d"\r', [3, 4]],
])('a quotation mark left open %s spoils its own line only', async (_, text, after) => {
  for (const size of [7, 1 << 20].slice(text.length > 1_000 ? 1 : 0)) {
    const rows = await read(text, {}, size)
    expect(rows[0]).toMatchObject({ cells: ['1', 'a'], line: 1 })
    expect(rows[1]).toMatchObject({ cells: ['2,"b'], line: 2, byte: 9, openQuote: true })
    expect(rows.slice(2, 2 + after.length).map(({ cells }) => Number(cells[0]))).toEqual(after)
    expect(rows.filter(({ openQuote }) => openQuote)).toHaveLength(1)
    expect(rows.at(-1)?.byte).toBe(text.length)
  }
})

test('pieces of any size and a start after any row give the same rows around open quotation marks', async () => {
  const text = 'a,"x\r\ny",1\r\nb,"open,2\r\n\r\nc,"q ""z""",3\r\nd,"loose" end,4\re,"",5\r\nf,"last\r\ng,1,6'
  const bytes = Buffer.from(text)
  const all = await read(bytes, {}, 1_000)
  expect(told(all)).toEqual([
    [2, 'a'],
    [3, 'open'],
    [5, 'c'],
    [6, 'd'],
    [7, 'e'],
    [8, 'open'],
    [9, 'g'],
  ])
  expect(all[3]?.cells).toEqual(['d', '"loose" end', '4'])
  for (const size of [1, 2, 3, 5, 11]) expect(await read(bytes, {}, size)).toEqual(all)
  for (const [index, from] of all.entries()) {
    const rest: Row[] = []
    for await (const row of readRows(pieces(bytes.subarray(from.byte), 2), csv, from)) rest.push(row)
    expect(rest).toEqual(all.slice(index + 1))
  }
})

test('a quoted cell of many lines stays one row, just below what a row may be', async () => {
  const rows = await read(`1,"${'x\n'.repeat(32_000)}"\n2,b\n`, {}, 4_096)
  expect(told(rows)).toEqual([
    [32_001, '1'],
    [32_002, '2'],
  ])
})

test.each([',', 'whitespace'] as const)(
  'lines that end as on an old Mac are read (%s)',
  async (separator) => {
    const between = separator === ',' ? ',' : ' '
    const rows = await read(`1${between}a\r2${between}b\r`, { separator }, 3)
    expect(rows.map(({ cells, line, byte }) => [cells, line, byte])).toEqual([
      [['1', 'a'], 1, 4],
      [['2', 'b'], 2, 8],
    ])
  },
)

test('a line of commas that is far too long is one bad row and the next is fine', async () => {
  const rows = await read(`${'x,'.repeat(3_000_000)}\n5,6\n`, {}, 1 << 16)
  expect(rows.map(({ tooLong, line, byte }) => [tooLong, line, byte])).toEqual([
    [true, 1, 6_000_001],
    [false, 2, 6_000_005],
  ])
})

describe('a mark that closes lines later, over rows', () => {
  const isRow = ([, , day]: string[]) => day === 'day'
  async function readKnowing(text: string | Buffer, size = 1_000, from = { byte: 0, line: 0 }) {
    const rows: Row[] = []
    const bytes = Buffer.from(text).subarray(from.byte)
    for await (const row of readRows(pieces(bytes, size), csv, from, { isRow })) rows.push(row)
    return rows
  }

  test('costs its own line only, wherever reading begins and however the text comes', async () => {
    const text = 'a,1,day\r\nb,"2,day\r\nc,3,day\r\nкот,4,day\r\ne,5",day\r\nf,6,day\r\n'
    const all = await readKnowing(text)
    expect(all.map(({ cells, line, closesIn }) => [line, cells[0], closesIn])).toEqual([
      [1, 'a', undefined],
      [2, 'b,"2,day', 5],
      [3, 'c', undefined],
      [4, 'кот', undefined],
      [5, 'e', undefined],
      [6, 'f', undefined],
    ])
    expect(all.at(-1)?.byte).toBe(Buffer.byteLength(text))
    for (const size of [1, 2, 3, 7]) expect(await readKnowing(text, size)).toEqual(all)
    for (const [index, from] of all.entries())
      expect(await readKnowing(text, 3, from)).toEqual(all.slice(index + 1))
  })

  test('is seen when it closes in the very next line', async () => {
    const rows = await readKnowing('b,"2,day\nc",3,day\nd,4,day')
    expect(rows.map(({ line, closesIn }) => [line, closesIn])).toEqual([
      [1, 2],
      [2, undefined],
      [3, undefined],
    ])
  })

  test('is seen by the length of its cell, too', async () => {
    const rows = await readKnowing(`b,"2,x\n${'no row\n'.repeat(2_000)}c",x\nd,4,day`)
    expect(rows[0]).toMatchObject({ line: 1, closesIn: 2_002, cells: ['b,"2,x'] })
    expect(rows.at(-1)).toMatchObject({ line: 2_003, cells: ['d', '4', 'day'] })
  })

  test('is none in a cell of as many letters as may be, however many bytes they take', async () => {
    const note = `${'слово '.repeat(900)}\nещё слово`
    const rows = await readKnowing(`a,"${note}",day\nb,2,day`)
    expect(rows.map(({ cells, openQuote }) => [cells[1], openQuote])).toEqual([
      [note, false],
      ['2', false],
    ])
  })

  test('is none in a cell of several lines without rows in it', async () => {
    const rows = await readKnowing('a,"one, two, three\nfour, five, six",day\nb,2,day')
    expect(rows.map(({ cells, line, openQuote }) => [line, cells.length, openQuote])).toEqual([
      [2, 3, false],
      [3, 3, false],
    ])
  })
})
