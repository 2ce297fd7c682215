import { describe, expect, it } from 'vitest'
import { stillOnItsWay } from './on-its-way.ts'

describe('what comes back from the address while a search is typed', () => {
  it('is an echo as long as later words are on their way', () => {
    expect(stillOnItsWay(['an', 'anna'], 'an')).toEqual(['anna'])
    expect(stillOnItsWay(['anna'], 'anna')).toEqual([])
  })

  it('is an echo also when the address skipped the words before it', () => {
    expect(stillOnItsWay(['a', 'an', 'anna'], 'an')).toEqual(['anna'])
  })

  it('is the first of two equal words: the second is still to come', () => {
    expect(stillOnItsWay(['a', 'an', 'a'], 'a')).toEqual(['an', 'a'])
  })

  it('comes from elsewhere when nobody typed it here', () => {
    expect(stillOnItsWay(['anna'], '')).toBeNull()
    expect(stillOnItsWay([], 'anna')).toBeNull()
  })
})
