import { describe, expect, it } from 'vitest'
import { readRows } from './rows.ts'
import { swallowedLines } from './swallowed.ts'

async function* bytesOf(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text)
}

async function hints(text: string, separator: ',' | ';' = ','): Promise<unknown[]> {
  const format = { separator, header: true, encoding: 'utf-8' } as const
  const found: unknown[] = []
  for await (const row of readRows(bytesOf(text), format)) found.push(swallowedLines(row, format))
  return found
}

describe('rows in one quoted cell', () => {
  it('are hinted at with the lines of the two quotation marks', async () => {
    const text = 'id,note,day\na,fine,1\nb,"inch,2\nc,good,3\nd,so-so,4\ne,19",5\nf,fine,6\n'
    expect(await hints(text)).toEqual([null, { from: 3, to: 6 }, null])
  })

  it('are not seen in an address of several lines, commas and all', async () => {
    expect(await hints('id,address,day\na,"Main Street 1, left\nBerlin, Germany",1\n')).toEqual([null])
    expect(await hints('id;note\na;"one, two\nthree, four"\n', ';')).toEqual([null])
  })
})
