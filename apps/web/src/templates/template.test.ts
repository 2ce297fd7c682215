import { expect, it } from 'vitest'
import { lineRange, liquidOf, sameDraft, starter } from './template.ts'

it('finds the place of a line in a text', () => {
  const text = 'one\ntwo\n\nfour'
  expect(text.slice(...Object.values(lineRange(text, 2)))).toBe('two')
  expect(lineRange(text, 3)).toEqual({ start: 8, end: 8 })
  expect(text.slice(...Object.values(lineRange(text, 99)))).toBe('four')
})

it('gives a variable about a person a fallback, but not a link or a fact of the event', () => {
  expect(liquidOf('customer.first_name')).toBe('{{ customer.first_name | default: "" }}')
  expect(liquidOf('event.total')).toBe('{{ event.total }}')
  expect(liquidOf('unsubscribe_url')).toBe('{{ unsubscribe_url }}')
})

it('sees any change of what is written, and nothing else', () => {
  const stored = { ...starter, id: 't', revision: 3 }
  expect(sameDraft(stored, starter)).toBe(true)
  expect(sameDraft({ ...starter, preheader: ' ' }, starter)).toBe(false)
})

it('starts from a letter that can be unsubscribed from', () => {
  expect(starter.body).toContain('{{ unsubscribe_url }}')
})
