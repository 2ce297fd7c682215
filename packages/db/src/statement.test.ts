import { expect, test } from 'vitest'
import { isLostRace } from './statement.ts'

const coded = (code: unknown) => Object.assign(new Error('text'), { code })

test.each(['40001', '40P01'])('%s is a lost race, be it the cause of another error', (code) => {
  expect(isLostRace(coded(code))).toBe(true)
  expect(isLostRace(new Error('Failed query', { cause: coded(code) }))).toBe(true)
})

test.each(['55P03', '23505', '08006', undefined])('%s is none', (code) => {
  expect(isLostRace(coded(code))).toBe(false)
  expect(isLostRace(code)).toBe(false)
})
