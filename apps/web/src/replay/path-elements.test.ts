import type { Graph } from '@tropa/journey'
import { kinds } from '@tropa/nodes'
import { describe, expect, it } from 'vitest'
import { pathElements, visitAt } from './path-elements.ts'

const place = { x: 0, y: 0 }
const graph: Graph = {
  nodes: [
    { id: 'start', kind: 'event_entry', name: '', config: { event: 'order' }, position: place },
    { id: 'large', kind: 'condition', name: '', config: {}, position: place },
    { id: 'thanks', kind: 'send_email', name: '', config: {}, position: place },
    { id: 'bye', kind: 'exit', name: '', config: {}, position: place },
  ],
  edges: [
    { id: 'a', from: 'start', output: 'next', to: 'large' },
    { id: 'b', from: 'large', output: 'yes', to: 'thanks' },
    { id: 'c', from: 'large', output: 'else', to: 'bye' },
    { id: 'lost', from: 'large', output: 'x', to: 'gone' },
  ],
  settings: { reentry: { mode: 'never' }, exitRules: [] },
}

const passage = {
  graph,
  steps: [
    { seq: 1, node: 'start', status: 'done' as const },
    { seq: 2, node: 'large', status: 'failed' as const },
  ],
  pending: { node: 'thanks' },
  path: { nodes: { start: [1], large: [2], thanks: [3] }, edges: { a: true as const, b: true as const } },
}

describe('a path on the canvas of its version', () => {
  const { nodes, edges } = pathElements(passage, kinds, 'large')

  it('says of every node what happened there', () => {
    expect(nodes.map(({ data }) => [data.node.id, data.tone, data.numbers])).toEqual([
      ['start', 'taken', [1]],
      ['large', 'failed', [2]],
      ['thanks', 'waiting', [3]],
      ['bye', 'plain', []],
    ])
  })

  it('marks only the chosen node', () => {
    expect(nodes.filter(({ data }) => data.current).map(({ id }) => id)).toEqual(['large'])
  })

  it('tells taken edges from the rest and drops those that lead nowhere', () => {
    expect(edges.map(({ id, data }) => [id, data?.taken])).toEqual([
      ['a', true],
      ['b', true],
      ['c', false],
    ])
  })
})

it('goes round the visits of a node on repeated presses', () => {
  expect(visitAt([2, 5], 2)).toBe(5)
  expect(visitAt([2, 5], 5)).toBe(2)
  expect(visitAt([], 5)).toBeUndefined()
})
