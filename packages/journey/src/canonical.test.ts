import { expect, test } from 'vitest'
import { bucketOf, canonicalJson, hashOf, sha256Hex } from './canonical.ts'

test('keys are sorted, spaces and undefined members left out', () => {
  expect(canonicalJson({ b: [1, undefined, { d: 'ё', c: null }], a: undefined, 10: true, 9: -0 })).toBe(
    '{"10":true,"9":0,"b":[1,null,{"c":null,"d":"ё"}]}',
  )
})

test('hashes are SHA-256 over UTF-8 (FIPS 180-2, “abc”)', () => {
  expect(sha256Hex('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  expect(hashOf({ b: 1, a: 2 })).toBe(sha256Hex('{"a":2,"b":1}'))
})

test('a bucket is in [0, 1), depends on every part and on where each part ends', () => {
  const buckets = [bucketOf('a', 'bc'), bucketOf('ab', 'c'), bucketOf('a', 'b', 'c'), bucketOf('abc')]
  expect(new Set(buckets).size).toBe(4)
  for (const bucket of buckets) expect(bucket >= 0 && bucket < 1).toBe(true)
  expect(bucketOf('n3', 'journey', 'customer', '')).toBe(bucketOf('n3', 'journey', 'customer', ''))
})
