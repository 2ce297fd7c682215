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
    { seq: 1, node: 'start', status: 'done' as const, output: 'next' },
    { seq: 2, node: 'large', status: 'failed' as const, output: 'yes' },
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

it('starts a taken line at the output by which the customer left, though it follows another', () => {
  const letter: Graph = {
    ...graph,
    edges: [...graph.edges.slice(0, 2), { id: 'd', from: 'thanks', output: 'sent', to: 'bye' }],
  }
  const steps = [
    ...passage.steps,
    { seq: 3, node: 'thanks', status: 'done' as const, output: 'not_sent' },
    { seq: 4, node: 'bye', status: 'done' as const, output: null },
  ]
  const path = { nodes: {}, edges: { a: true as const, b: true as const, d: true as const } }
  const { edges } = pathElements({ graph: letter, steps, pending: null, path }, kinds, null)
  expect(edges.map(({ id, sourceHandle, data }) => [id, sourceHandle, data?.taken])).toEqual([
    ['a', 'next', true],
    ['b', 'yes', true],
    ['d', 'sent', false],
    ['d:not_sent', 'not_sent', true],
  ])
})

it('leads a line around a card that stands in its way', () => {
  const at = [0, 400, 800, 400]
  const wide = {
    ...graph,
    nodes: graph.nodes.map((node, index) => ({ ...node, position: { x: at[index] ?? 0, y: 0 } })),
    edges: [{ id: 'long', from: 'start', output: 'next', to: 'thanks' }],
  }
  const { edges } = pathElements({ ...passage, graph: wide }, kinds, null)
  expect(edges[0]?.data?.corners?.length).toBeGreaterThan(2)
})

it('goes round the visits of a node on repeated presses', () => {
  expect(visitAt([2, 5], 2)).toBe(5)
  expect(visitAt([2, 5], 5)).toBe(2)
  expect(visitAt([], 5)).toBeUndefined()
})

it('a node that was not taken has no visits, even if every object inherits something under its id', () => {
  const odd = { id: 'constructor', kind: 'exit', name: '', config: {}, position: place }
  const drawn = { ...passage, graph: { ...graph, nodes: [...graph.nodes, odd] } }
  const node = pathElements(drawn, kinds, null).nodes.find(({ id }) => id === 'constructor')
  expect(node?.data).toMatchObject({ numbers: [], tone: 'plain' })
})
