import { graphSchema, validate } from '@tropa/journey'
import { kinds } from '@tropa/nodes'
import { expect, test } from 'vitest'
import { graphOf, starters } from './starters.ts'

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

test.each(starters.map((starter) => [starter.id, starter] as const))(
  '%s names its messages apart in both languages',
  (_, starter) => {
    for (const language of ['en', 'ru'] as const) {
      const { nodes } = graphOf(starter, (text) => text[language])
      const names = nodes.filter((node) => 'template' in node.config).map(({ name }) => name)
      expect(names).not.toContain('')
      expect(new Set(names).size).toBe(names.length)
    }
  },
)
