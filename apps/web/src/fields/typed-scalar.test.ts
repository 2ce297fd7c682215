import { describe, expect, it } from 'vitest'
import { type Scalar, shownScalar, typedScalar } from './typed-scalar.ts'

/** Types a text key by key into an empty field: what the field shows after each key, and the value at the end. */
function type(text: string): { shown: string[]; value: Scalar | undefined } {
  let value: Scalar | undefined
  let field = ''
  const shown = [...text].map((key) => {
    const typed = field + key
    value = typedScalar(typed, value)
    field = shownScalar(typed, value)
    return field
  })
  return { shown, value }
}

describe('a value typed key by key', () => {
  it.each([
    ['12', 12],
    ['1.5', 1.5],
    ['1,50', 1.5],
    ['-5', -5],
    ['0.05', 0.05],
    ['5 stars', '5 stars'],
    ['2026-01-01', '2026-01-01'],
    ['1.2.3', '1.2.3'],
    ['Perm', 'Perm'],
  ])('“%s” becomes %j and is shown as it was typed', (text, value) => {
    const prefixes = [...text].map((_, at) => text.slice(0, at + 1))
    expect(type(text)).toEqual({ shown: prefixes, value })
  })

  it('stays text once it is text, and nothing once a number is cleared', () => {
    expect(typedScalar('7', 'Perm')).toBe('7')
    expect(typedScalar('', 7)).toBeUndefined()
  })

  it('is shown as stored when something else changed it', () => {
    expect(shownScalar('1.', 3)).toBe('3')
    expect(shownScalar('1.', null)).toBe('')
  })
})
