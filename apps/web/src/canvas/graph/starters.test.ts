import { graphSchema, validate } from '@tropa/journey'
import { kinds } from '@tropa/nodes'
import { expect, test } from 'vitest'
import { starters } from './starters.ts'

const workspace = {
  templates: [],
  connections: [{ id: 'smtp', channel: 'email', isDefault: true }],
  events: [{ name: 'order', properties: ['total'] }],
  attributes: [],
}

test.each(starters.map((starter) => [starter.id, starter] as const))(
  '%s lacks nothing but its templates',
  (_, { graph }) => {
    expect(graphSchema.parse(graph)).toEqual(graph)
    const problems = validate(graph, kinds, workspace)
    const messages = graph.nodes.filter((node) => 'template' in node.config)
    expect(problems.map(({ nodeId, field }) => [nodeId, field])).toEqual(
      messages.map(({ id }) => [id, 'template']),
    )
  },
)
