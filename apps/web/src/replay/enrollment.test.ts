import { describe, expect, it } from 'vitest'
import { chosenSeq, neighbourSeq, pendingSeq } from './enrollment.ts'

const steps = [{ seq: 1 }, { seq: 2 }, { seq: 5 }]

describe('the step the page opens at', () => {
  it('is where the token stands when nothing was asked', () => {
    expect(chosenSeq(steps, true, undefined)).toBe(6)
    expect(chosenSeq(steps, false, undefined)).toBe(5)
  })

  it('is the asked one, or the default when there is no such step', () => {
    expect(chosenSeq(steps, false, 2)).toBe(2)
    expect(chosenSeq(steps, false, 3)).toBe(5)
    expect(chosenSeq(steps, true, 6)).toBe(6)
  })

  it('is the entry before any step was finished', () => {
    expect(pendingSeq([])).toBe(1)
    expect(chosenSeq([], true, undefined)).toBe(1)
  })
})

describe('moving along the path', () => {
  it('jumps over numbers that are not there and stays at the ends', () => {
    expect(neighbourSeq(steps, true, 2, 1)).toBe(5)
    expect(neighbourSeq(steps, true, 6, 1)).toBe(6)
    expect(neighbourSeq(steps, false, 1, -1)).toBe(1)
  })
})
