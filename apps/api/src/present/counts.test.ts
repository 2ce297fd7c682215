import { expect, it } from 'vitest'
import { presentCounts } from './counts.ts'

it('adds up: entered = moved on + waiting + ended + failed + removed', () => {
  const nodes = presentCounts([
    { node: 'a', output: '', n: 10 },
    { node: 'a', output: 'yes', n: 3 },
    { node: 'a', output: 'no', n: 2 },
    { node: 'a', output: ':waiting', n: 1 },
    { node: 'a', output: ':ended', n: 2 },
    { node: 'a', output: ':failed', n: 1 },
    { node: 'a', output: ':removed', n: 1 },
  ])
  expect(nodes.a).toEqual({
    entered: 10,
    waiting: 1,
    movedOn: 5,
    ended: 2,
    failed: 1,
    removed: 1,
    outputs: { yes: 3, no: 2 },
  })
})

it('counts nodes and outputs whose ids every object inherits something under', () => {
  const names = ['constructor', 'toString', 'valueOf']
  const nodes = presentCounts(
    names.flatMap((node) => [
      { node, output: '', n: 1 },
      { node, output: node, n: 1 },
    ]),
  )
  for (const name of names)
    expect(nodes[name]).toMatchObject({ entered: 1, movedOn: 1, outputs: { [name]: 1 } })
})
