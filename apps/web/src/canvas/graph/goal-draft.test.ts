import { graphSchema, validate } from '@tropa/journey'
import { kinds } from '@tropa/nodes'
import { expect, test } from 'vitest'
import { draftTowards } from './goal-draft.ts'
import { waysAround } from './ways.ts'

const wanted = { after: 'cart_left', goal: 'order', within: '3d' }
const workspace = {
  templates: [],
  connections: [{ id: 'smtp', channel: 'email', isDefault: true }],
  events: [wanted.after, wanted.goal].map((name) => ({ name, properties: [] })),
  attributes: [],
}

test.each(['en', 'ru'] as const)(
  'a goal in words becomes a draft that lacks only its template, %s',
  (language) => {
    const graph = draftTowards(wanted, (text) => text[language])
    expect(graphSchema.parse(graph)).toEqual(graph)
    const problems = validate(graph, kinds, workspace)
    expect(problems.map(({ nodeId, field }) => [nodeId, field])).toEqual([['reminder', 'template']])
  },
)

test('the drawing hides no edge', () => {
  const { nodes, edges } = draftTowards(wanted, (text) => text.en)
  expect(waysAround(nodes, edges, kinds, false).size).toBe(0)
})
