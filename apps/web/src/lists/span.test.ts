import { describe, expect, it } from 'vitest'
import { paceInWords, spanInWords } from './span.ts'

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ')

describe('a length of time in words', () => {
  it('keeps the two largest units', () => {
    expect(plain(spanInWords(2 * 86_400_000 + 3 * 3_600_000 + 59_000, 'en'))).toBe('2 days 3 hrs')
  })

  it('stops at a unit that is zero instead of jumping over it', () => {
    expect(plain(spanInWords(86_400_000 + 5 * 60_000, 'en'))).toBe('1 day')
  })

  it('says 0 seconds for nothing and never goes below', () => {
    expect(plain(spanInWords(-5000, 'en'))).toBe('0 secs')
    expect(plain(spanInWords(400, 'ru'))).toBe('0 с')
  })

  it('tells the pace of a fast clock below a second too', () => {
    expect(plain(paceInWords(200, 'en'))).toBe('0.2 secs')
    expect(plain(paceInWords(200, 'ru'))).toBe('0,2 с')
    expect(plain(paceInWords(2_080, 'en'))).toBe('2.1 secs')
    expect(plain(paceInWords(1_000, 'ru'))).toBe('1 с')
    expect(plain(paceInWords(90_000, 'en'))).toBe('1 min 30 secs')
  })

  it('speaks Russian', () => {
    expect(plain(spanInWords(90_000, 'ru'))).toBe('1 мин 30 с')
  })
})
