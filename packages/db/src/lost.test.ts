import { expect, test } from 'vitest'
import { isLostDatabase } from './lost.ts'

const coded = (code: unknown) => Object.assign(new Error('text'), { code })

test.each(['ECONNREFUSED', 'EPIPE', 'ENOTFOUND', '57P01', '53300', '08006'])('%s is an outage', (code) => {
  expect(isLostDatabase(coded(code))).toBe(true)
  expect(isLostDatabase(new Error('Failed query', { cause: coded(code) }))).toBe(true)
})

test('so is a connection that ended or was not to be had in time', () => {
  expect(isLostDatabase(new Error('Connection terminated unexpectedly'))).toBe(true)
  expect(isLostDatabase(new Error('timeout exceeded when trying to connect'))).toBe(true)
})

test.each(['23505', '40P01', 'ERR_TEST', 14, undefined])('%s is none', (code) => {
  expect(isLostDatabase(coded(code))).toBe(false)
  expect(isLostDatabase(code)).toBe(false)
})
