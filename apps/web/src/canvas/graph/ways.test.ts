import type { Graph, GraphNode } from '@tropa/journey'
import { kinds } from '@tropa/nodes'
import { describe, expect, test } from 'vitest'
import { cardSize } from '../card-size.ts'
import type { Point } from './edit.ts'
import { roundedPath } from './route.ts'
import { waysAround } from './ways.ts'

const wait = (id: string, x: number, y: number): GraphNode => ({
  id,
  kind: 'wait',
  name: '',
  config: { for: '1d' },
  position: { x, y },
})

const edge = (from: string, to: string): Graph['edges'][number] => ({
  id: `${from}-${to}`,
  from,
  output: 'next',
  to,
})

/** Whether a stretch of a way touches a card. */
function behind(node: GraphNode, one: Point, other: Point): boolean {
  const { width, height } = cardSize(node, undefined, false)
  const { x, y } = node.position
  return (
    Math.max(one.x, other.x) > x &&
    Math.min(one.x, other.x) < x + width &&
    Math.max(one.y, other.y) > y &&
    Math.min(one.y, other.y) < y + height
  )
}

function expectVisible(way: readonly Point[] | undefined, nodes: readonly GraphNode[]): void {
  if (!way) throw new Error('The edge has no way of its own')
  way.slice(1).forEach((corner, at) => {
    const before = way[at] as Point
    expect(before.x === corner.x || before.y === corner.y).toBe(true)
    for (const node of nodes)
      expect({ node: node.id, at, hidden: behind(node, before, corner) }).toMatchObject({ hidden: false })
  })
}

describe('the way of an edge', () => {
  test('is the plain curve where nothing stands between', () => {
    const nodes = [wait('a', 0, 0), wait('b', 328, 120), wait('c', 328, -120)]
    expect(waysAround(nodes, [edge('a', 'b'), edge('a', 'c')], kinds, false).size).toBe(0)
  })

  test('leads around a card that stands in between', () => {
    const nodes = [wait('a', 0, 0), wait('b', 328, 0), wait('c', 656, 0)]
    expectVisible(waysAround(nodes, [edge('a', 'c')], kinds, false).get('a-c'), nodes)
  })

  test('leads around a whole column of cards', () => {
    const column = [-240, -120, 0, 120, 240].map((y) => wait(`b${y}`, 328, y))
    const nodes = [wait('a', 0, 0), ...column, wait('c', 656, 40)]
    expectVisible(waysAround(nodes, [edge('a', 'c')], kinds, false).get('a-c'), nodes)
  })

  test('back to an earlier card stays in sight', () => {
    const nodes = [wait('a', 0, 0), wait('b', 328, 0), wait('c', 656, 0)]
    expectVisible(waysAround(nodes, [edge('c', 'a')], kinds, false).get('c-a'), nodes)
  })

  test('does not run on top of another', () => {
    const nodes = [wait('a', 0, 0), wait('b', 328, 0), wait('c', 656, 0), wait('d', 984, 0)]
    const ways = waysAround(
      nodes,
      [edge('a', 'd'), edge('b', 'd'), edge('d', 'a'), edge('c', 'a')],
      kinds,
      false,
    )
    const heights = [...ways.values()].map((way) => way[2]?.y)
    expect(heights).toHaveLength(4)
    expect(new Set(heights).size).toBe(4)
    for (const way of ways.values()) expectVisible(way, nodes)
  })

  test('is drawn from corner to corner, each of them rounded', () => {
    expect(
      roundedPath([
        { x: 0, y: 0 },
        { x: 100, y: 0 },
        { x: 100, y: 50 },
      ]),
    ).toBe('M0,0L90,0Q100,0 100,10L100,50')
  })
})
