import { expect, it } from 'vitest'
import { languageOf } from './language.ts'

it.each([
  [undefined, 'en'],
  ['ru', 'ru'],
  ['ru-RU,ru;q=0.9,en;q=0.8', 'ru'],
  ['en-US,en;q=0.9,ru;q=0.8', 'en'],
  ['de, ru;q=0.5, en;q=0.4', 'ru'],
  ['ru;q=0, en', 'en'],
  ['rue, fr', 'en'],
])('%s reads %s', (header, language) => {
  expect(languageOf(header)).toBe(language)
})
