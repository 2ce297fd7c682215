import { expect, it } from 'vitest'
import { emailFrom } from './email-address.ts'

it.each([
  ['anna@example.com', 'anna@example.com'],
  ['  Anna.B+shop@Mail.Example.COM ', 'anna.b+shop@mail.example.com'],
  ['анна@почта.рф', 'анна@почта.рф'],
  ["o'brien@example.com", "o'brien@example.com"],
  [`${'a'.repeat(64)}@example.com`, `${'a'.repeat(64)}@example.com`],
])('takes %j as an address', (text, address) => {
  expect(emailFrom(text)).toBe(address)
})

it.each([
  '',
  'anna',
  'a@b',
  'a@b.',
  'a@.b',
  'a@b..com',
  '@example.com',
  'a b@example.com',
  'a@b@example.com',
  '"a b"@example.com',
  'Anna <anna@example.com>',
  'a@example.com, b@example.com',
  'a\u0000@example.com',
  'a\u200b@example.com',
  `${'a'.repeat(65)}@example.com`,
  `a@${'b'.repeat(250)}.com`,
])('takes %j for no address', (text) => {
  expect(emailFrom(text)).toBeNull()
})
