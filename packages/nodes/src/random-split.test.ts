import { bucketOf } from '@tropa/journey'
import { expect, test } from 'vitest'
import { randomSplit } from './random-split.ts'

const entry = { id: 'e', name: 'order', occurredAt: 0, properties: {} }

/** What a split with these shares answers to somebody at a place in [0, 1). */
async function split(shares: number[], place: number, salts: string[] = []) {
  const command = await randomSplit.run({
    config: { shares: shares.map((share, index) => ({ id: `s${index}`, label: '', share })) },
    now: 0,
    nodeId: 'split',
    entry,
    decide: () => Promise.reject(new Error('a split reads nothing')),
    bucket: (salt) => {
      salts.push(salt)
      return place
    },
  })
  if (command.do !== 'go') throw new Error('a split only goes')
  return command
}

const outputAt = async (shares: number[], place: number) => (await split(shares, place)).output

test('each share begins where the one before ends', async () => {
  const at = (place: number) => outputAt([10, 0, 60, 30], place)
  expect(await at(0)).toBe('s0')
  expect(await at(0.0999)).toBe('s0')
  expect(await at(0.1)).toBe('s2')
  expect(await at(0.6999)).toBe('s2')
  expect(await at(0.7001)).toBe('s3')
  expect(await at(1 - 2 ** -48)).toBe('s3')
})

test('nobody falls into an empty share, however the sums are rounded', async () => {
  expect(await outputAt([33.3, 33.3, 33.4, 0], 1 - 2 ** -53)).toBe('s2')
  expect(await outputAt([0, 100], 0)).toBe('s1')
})

test('the salt is the node’s id, so a republished journey keeps people in their share', async () => {
  const salts: string[] = []
  const command = await split([50, 50], 0.3, salts)
  expect(salts).toEqual(['split'])
  expect(command.decision).toEqual({
    by: 'split',
    bucket: 0.3,
    shares: [
      { output: 's0', share: 50 },
      { output: 's1', share: 50 },
    ],
    chosen: 's0',
  })
})

test('100,000 customers fall into shares within one percent', async () => {
  const shares = [5, 15, 30, 50]
  const counts = new Map<string, number>()
  for (let index = 0; index < 100_000; index += 1) {
    const output = await outputAt(shares, bucketOf('split', 'journey', `customer ${index}`, ''))
    counts.set(output, (counts.get(output) ?? 0) + 1)
  }
  for (const [index, share] of shares.entries())
    expect(Math.abs((counts.get(`s${index}`) ?? 0) / 1000 - share)).toBeLessThan(1)
}, 60_000)
