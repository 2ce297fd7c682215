import { Writable } from 'node:stream'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { Outages } from './outages.ts'

const settledMs = 10_000
let said: string[]
let outages: Outages

beforeEach(() => {
  vi.useFakeTimers()
  said = []
  const sink = new Writable({
    write(chunk, _encoding, done) {
      const { during, code, failures, msg } = JSON.parse(String(chunk))
      said.push([during, code ?? failures, msg].join(' | '))
      done()
    },
  })
  outages = new Outages(pino(sink), settledMs)
})
afterEach(() => vi.useRealTimers())

const refusal = (code: string) => Object.assign(new Error('gone'), { code })
const fail = (code = 'ECONNREFUSED') =>
  outages.watch('temporal', {}, () => Promise.reject(refusal(code))).catch(() => undefined)
const work = () => outages.watch('temporal', {}, async () => undefined)
const away = (code = 'ECONNREFUSED') => `temporal | ${code} | failed; trying again until it works`

it('an outage is told once, and so is its end', async () => {
  for (let times = 0; times < 5; times += 1) await fail()
  expect(said).toEqual([away()])
  await work()
  vi.advanceTimersByTime(settledMs - 1)
  expect(said).toEqual([away()])
  vi.advanceTimersByTime(1)
  expect(said).toEqual([away(), 'temporal | 5 | works again'])
  await fail()
  expect(said).toHaveLength(3)
})

it('what works and fails by turns while it comes back is one outage', async () => {
  for (let turn = 0; turn < 6; turn += 1) {
    await fail()
    await fail('ETIMEDOUT')
    vi.advanceTimersByTime(2_000)
    await work()
    await work()
    vi.advanceTimersByTime(3_000)
  }
  expect(said).toEqual([away(), away('ETIMEDOUT')])
  await work()
  vi.advanceTimersByTime(settledMs)
  expect(said).toEqual([away(), away('ETIMEDOUT'), 'temporal | 12 | works again'])
})

it('work that never failed is not worth a word', async () => {
  await work()
  vi.advanceTimersByTime(settledMs)
  expect(said).toEqual([])
})
