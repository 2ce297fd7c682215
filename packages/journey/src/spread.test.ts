import { expect, test } from 'vitest'
import { buildGraph } from './build.ts'
import type { Graph } from './graph.ts'
import { sampleKinds } from './sample-kinds.ts'
import { spread } from './spread.ts'

const drawn = buildGraph(
  ['in start {}', 'if decide {}', 'mail mail {}', 'nap sleep {}', 'out write {}'],
  ['in.next if', 'if.yes mail', 'if.no nap', 'mail.sent out', 'nap.next if', 'if.unknown out'],
)
const piled: Graph = {
  ...drawn,
  nodes: drawn.nodes.map((node) => ({ ...node, position: { x: 0, y: 0 } })),
}
const column = 328

test('nodes that came without a place stand apart, each right of what leads to it, loops aside', () => {
  const places = spread(piled, sampleKinds).nodes.map(({ position }) => position)
  expect(places.map(({ x }) => x / column)).toEqual([0, 1, 2, 2, 3])
  expect(new Set(places.map(({ x, y }) => `${x} ${y}`)).size).toBe(5)
})

test('whatever somebody has drawn stays where it is', () => {
  expect(spread(drawn, sampleKinds)).toBe(drawn)
  const alone = { ...piled, nodes: piled.nodes.slice(0, 1) }
  expect(spread(alone, sampleKinds)).toBe(alone)
})
