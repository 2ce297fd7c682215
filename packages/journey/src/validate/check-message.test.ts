import { describe, expect, test } from 'vitest'
import { sampleCatalogue } from '../arbitraries.ts'
import { buildGraph } from '../build.ts'
import type { Graph } from '../graph.ts'
import { sampleKinds } from '../sample-kinds.ts'
import { validate } from '../validate.ts'
import type { Catalogue } from './catalogue.ts'

const start = 'in start {"event":"order"}'
const mail = 'm mail {"template":"hello"}'
const check = (graph: Graph, catalogue: Partial<Catalogue> = {}) =>
  validate(graph, sampleKinds, { ...sampleCatalogue, ...catalogue })

describe('two messages at once', () => {
  const hasty = (nodes: string[], edges: string[]) =>
    check(buildGraph([start, mail, 'm2 mail {"template":"hello"}', ...nodes], ['in.next m', ...edges]))
      .filter(({ code }) => code === 'messages_at_once')
      .map(({ nodeId }) => nodeId)

  test('are seen through nodes that take no time', () => {
    expect(hasty(['h halve'], ['m.sent h', 'h.b m2'])).toEqual(['m2'])
    expect(hasty(['h halve', 'w sleep {"for":"1d"}'], ['m.sent h', 'h.b w', 'w.next m'])).toEqual([])
  })
  test('are fine after a wait, and when the first did not go out', () => {
    expect(hasty(['w sleep {"for":"1d"}'], ['m.sent w', 'w.next m2'])).toEqual([])
    expect(hasty([], ['m.failed m2', 'm.not_sent m2'])).toEqual([])
  })
})

test('a template may use the entry event’s properties and answers of earlier nodes', () => {
  const codes = (variables: string[]) =>
    check(buildGraph([start, 'ask1 ask {"action":"a"}', mail], ['in.next ask1', 'ask1.done m']), {
      templates: [{ id: 'hello', channel: 'email', name: '', variables }],
    }).map(({ code }) => code)
  expect(codes(['event.total', 'nodes.ask1.score', 'customer.name'])).not.toContain('template_variable_unset')
  expect(codes(['event.colour'])).toContain('template_variable_unset')
  expect(codes(['nodes.m.score'])).toContain('template_variable_unset')
})
