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

test('a variable that has a default or stands where it is tested keeps nothing back', () => {
  const unset = (needs: string[] | undefined) =>
    check(buildGraph([start, mail], ['in.next m']), {
      templates: [
        { id: 'hello', channel: 'email', name: '', variables: ['event.coupon', 'nodes.b.score'], needs },
      ],
    }).filter(({ code }) => code === 'template_variable_unset')
  expect(unset([])).toEqual([])
  expect(unset(['event.coupon']).map(({ text }) => text.en)).toEqual([
    'The template uses {{ event.coupon }}, which this journey cannot fill in.',
  ])
  expect(unset(undefined)).toHaveLength(2)
})

test('misspelt variables are told with what was meant: attributes as a warning, the entry event’s own as an error', () => {
  const graph = buildGraph([start, mail], ['in.next m'])
  const found = check(graph, {
    attributes: ['city'],
    events: [
      { name: 'order', properties: ['total'] },
      { name: 'visit', properties: ['page'] },
    ],
    templates: [
      {
        id: 'hello',
        channel: 'email',
        name: '',
        variables: ['customer.frist_name', 'customer.city', 'customer.zodiac', 'event.totl', 'event.page'],
      },
    ],
  }).filter(({ field }) => field === 'template')
  expect(found.map(({ code, severity, text, fix }) => [code, severity, text.en, fix.en])).toEqual([
    [
      'template_variable_unset',
      'error',
      'The template uses {{ event.totl }}, which this journey cannot fill in.',
      'Did you mean {{ event.total }}? Correct it in the template.',
    ],
    [
      'template_variable_unset',
      'error',
      'The template uses {{ event.page }}, which this journey cannot fill in.',
      'Give it a default in the template, or choose another template.',
    ],
    [
      'template_attribute_unseen',
      'warning',
      'The template uses {{ customer.frist_name }}, which no customer has.',
      'Did you mean {{ customer.first_name }}? Correct it in the template.',
    ],
    [
      'template_attribute_unseen',
      'warning',
      'The template uses {{ customer.zodiac }}, which no customer has.',
      'Check the spelling, or start sending it.',
    ],
  ])
})
