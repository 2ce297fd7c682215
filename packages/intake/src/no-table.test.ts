import { describe, expect, it } from 'vitest'
import { sniff } from './sniff.ts'

const table = 'Клиент;Дата;Сумма\r\nАнна;31.12.2025;1 234,50\r\n'
const bigEndian = (text: string) => Buffer.from(text, 'utf16le').swap16()
const bytes = (hex: string) => Buffer.from(hex, 'hex')

async function refusal(head: Buffer) {
  const sniffed = await sniff(head, true)
  return 'refused' in sniffed ? sniffed.refused : null
}

describe('a file that is no table', () => {
  it.each<[string, Buffer, RegExp]>([
    ['of no bytes', Buffer.alloc(0), /is empty/],
    ['of a mark alone', Buffer.from('\ufeff'), /is empty/],
    ['of blank lines', Buffer.from('\r\n \n\n'), /is empty/],
    ['of very many blank lines', Buffer.from('\n'.repeat(5_000)), /is empty/],
    ['in UTF-16 with a mark', Buffer.from(`\ufeff${table}`, 'utf16le'), /UTF-16.*Save it as UTF-8/],
    ['in UTF-16, the other way round', bigEndian(`\ufeff${table}`), /UTF-16/],
    ['in UTF-16 without a mark', Buffer.from(table, 'utf16le'), /UTF-16/],
    ['in UTF-16 without a mark, the other way round', bigEndian('id,date\n1,2025-01-01\n'), /UTF-16/],
    ['of a spreadsheet', bytes('504b030414000600'), /spreadsheet.*“CSV UTF-8”/],
    ['of an old spreadsheet', bytes('d0cf11e0a1b11ae1'), /spreadsheet/],
    ['that is packed', bytes('1f8b080000000000'), /packed.*Unpack/],
    ['of a printed page', Buffer.from('%PDF-1.7\n1 0 obj\n'), /document/],
    ['of a web page', Buffer.from('\ufeff<html><body><table>\n<tr><td>1</td></tr>'), /web page/],
    ['of JSON', Buffer.from('[{"id":1,"date":"2025-01-01"},\n{"id":2}]'), /JSON/],
    ['of JSON, one object a line', Buffer.from('{"id":1}\n{"id":2}\n'), /JSON/],
    ['of noise', Buffer.from('00ff00013700ab00', 'hex'), /not text/],
    ['of one column', Buffer.from('email\na@b.com\nc@d.com\n'), /one column only/],
    ['between whose columns is a bar', Buffer.from('id|date\na|2025-01-01\n'), /one column only/],
    ['of too many columns', Buffer.from(`id,date${',1'.repeat(1_000)}\n`), /more than 1,000/],
    [
      'of as many as fit a line, all of one name',
      Buffer.from(`${'a,'.repeat(32_000)}a\n`),
      /more than 1,000/,
    ],
  ])('%s is refused with what to do', async (_, head, sentence) => {
    const refused = await refusal(head)
    expect(refused?.en).toMatch(sentence)
    expect(refused?.ru).toMatch(/[а-я]/)
  })

  it.each<[string, Buffer]>([
    ['with zero bytes here and there', Buffer.from(`${'id,2025-01-01\n'.repeat(50)}b\0,2025-01-02\n`)],
    ['under very many blank lines', Buffer.from(`${'\n'.repeat(5_000)}${'a,2025-01-01\n'.repeat(3)}`)],
    ['that begins with a bracket', Buffer.from('[x],2025-01-01\n[y],2025-01-02\n')],
    ['of a thousand columns', Buffer.from(`a,2025-01-01${',1'.repeat(998)}\n`)],
  ])('is none %s', async (_, head) => {
    expect(await refusal(head)).toBeNull()
  })
})
