import { expect, test } from 'vitest'
import { draftTowards } from '../canvas/graph/goal-draft.ts'
import { contentOf } from './use-nothing-new.ts'

const graph = draftTowards({ after: 'cart', goal: 'order', within: '1d' }, ({ en }) => en)

test('cards that only stand elsewhere make nothing new to publish', () => {
  const nodes = graph.nodes.map((node) => ({ ...node, position: { x: node.position.x + 8, y: 400 } }))
  expect(contentOf({ ...graph, nodes })).toBe(contentOf(graph))
})

test('a name, a field, a connection or a setting that differs is new', () => {
  const [first, ...others] = graph.nodes
  if (!first) throw new Error('The draft has no blocks.')
  const changed = [
    { ...graph, nodes: [{ ...first, name: 'In' }, ...others] },
    { ...graph, nodes: [{ ...first, config: { ...first.config, event: 'visit' } }, ...others] },
    { ...graph, edges: graph.edges.slice(1) },
    { ...graph, settings: { ...graph.settings, reentry: { mode: 'always' as const } } },
  ]
  for (const one of changed) expect(contentOf(one)).not.toBe(contentOf(graph))
})
