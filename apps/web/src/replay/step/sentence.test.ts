import { expect, it } from 'vitest'
import { asSentence } from './sentence.ts'

it('begins with a capital letter in both languages', () => {
  expect(asSentence('the mail server took the email')).toBe('The mail server took the email')
  expect(asSentence('ждали 30 дней')).toBe('Ждали 30 дней')
  expect(asSentence('“order” came')).toBe('“order” came')
})

it('leaves the name of a property as it is written', () => {
  expect(asSentence('total was 77, over 50: yes')).toBe('total was 77, over 50: yes')
  expect(asSentence('total: 77, больше 50 — да')).toBe('total: 77, больше 50 — да')
})
