import { expect, test } from 'vitest'
import type { Step } from './enrollment.ts'
import { chainHashes, genesisHash, stepHash } from './record.ts'

const step: Step = {
  seq: 1,
  node: 'if',
  kind: 'decide',
  visit: 1,
  enteredAt: 1000,
  leftAt: 1000,
  output: 'yes',
  status: 'done',
  reads: [{ fact: 'attribute', params: { name: 'city' }, value: 'Tula', missing: false, source: 'customer' }],
  decision: null,
  input: null,
  reason: null,
}

test('a step has one hash, whatever order its members were written in', () => {
  const rewritten = JSON.parse(JSON.stringify(Object.fromEntries(Object.entries(step).reverse())))
  expect(stepHash(genesisHash, rewritten, 'salt')).toBe(stepHash(genesisHash, step, 'salt'))
  expect(stepHash(genesisHash, step, 'salt')).toMatchInlineSnapshot(
    `"b0fd151b0aba3b6fc7fb1ce4dc70b7078dade47a663f52f98995e838105cddff"`,
  )
})

test('every member of a step, the salt and the step before it change the hash', () => {
  const base = stepHash(genesisHash, step, 'salt')
  const others = Object.keys(step).map((key) =>
    stepHash(genesisHash, { ...step, [key]: key === 'reads' ? [] : 'other' } as Step, 'salt'),
  )
  const hashes = [base, ...others, stepHash(genesisHash, step, 'other'), stepHash(base, step, 'salt')]
  expect(new Set(hashes).size).toBe(hashes.length)
})

test('a path is a chain: a change in one step changes every hash after it and none before', () => {
  const path = [1, 2, 3].map((seq) => ({ ...step, seq }))
  const before = chainHashes(path, 'salt')
  const after = chainHashes(
    path.map((one) => (one.seq === 2 ? { ...one, output: 'no' } : one)),
    'salt',
  )
  expect(after.map((hash, index) => hash === before[index])).toEqual([true, false, false])
  expect(chainHashes([], 'salt')).toEqual([])
})
