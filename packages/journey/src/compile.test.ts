import { expect, test } from 'vitest'
import { buildGraph } from './build.ts'
import { compile } from './compile.ts'
import { sampleKinds } from './sample-kinds.ts'

const total =
  '{"fact":"attribute","params":{"name":"total"},"operator":"greaterThan","value":{"fact":"attribute","params":{"name":"limit"}}}'
const nodes = [
  'in start {"event":"order"}',
  'at hear {"event":"visit","within":"3d"}',
  `if decide {"condition":${total}}`,
  'out mail {"template":"t"}',
]
const edges = ['in.next at', 'at.happened if', 'at.timed_out out', 'if.no out']
const plan = (lines = nodes, ways = edges, settings = {}) =>
  compile(buildGraph(lines, ways, settings), sampleKinds)

test('a plan is the graph without its drawing', () => {
  expect(plan()).toMatchInlineSnapshot(`
    {
      "entries": [
        {
          "event": "order",
          "filter": undefined,
          "node": "in",
        },
      ],
      "hash": "f4a6e08f453b345b8a24d783ef76eaaccc20e3d70938fbb1cf5f913a0f350d66",
      "irVersion": 1,
      "listens": [
        "order",
        "visit",
      ],
      "nodes": {
        "at": {
          "config": {
            "event": "visit",
            "within": "3d",
          },
          "kind": "hear",
          "next": {
            "happened": "if",
            "timed_out": "out",
          },
        },
        "if": {
          "config": {
            "condition": {
              "fact": "attribute",
              "operator": "greaterThan",
              "params": {
                "name": "total",
              },
              "value": {
                "fact": "attribute",
                "params": {
                  "name": "limit",
                },
              },
            },
          },
          "kind": "decide",
          "next": {
            "no": "out",
            "unknown": "out",
            "yes": null,
          },
        },
        "in": {
          "config": {
            "event": "order",
          },
          "kind": "start",
          "next": {
            "next": "at",
          },
        },
        "out": {
          "config": {
            "connection": null,
            "template": "t",
          },
          "kind": "mail",
          "next": {
            "failed": null,
            "not_sent": null,
            "sent": null,
          },
        },
      },
      "reads": [
        "limit",
        "total",
      ],
      "settings": {
        "exitRules": [],
        "reentry": {
          "mode": "never",
        },
      },
    }
  `)
})

test('an output that leads nowhere follows its fallback; drawn, it goes its own way', () => {
  expect(plan().nodes.if?.next).toEqual({ yes: null, no: 'out', unknown: 'out' })
  expect(plan(nodes, [...edges, 'if.unknown at']).nodes.if?.next.unknown).toBe('at')
  expect(plan(nodes, [...edges, 'out.sent at']).nodes.out?.next).toEqual({
    sent: 'at',
    not_sent: 'at',
    failed: 'at',
  })
})

test('defaults filled in and stray members left out make no difference to the hash', () => {
  const { hash } = plan()
  expect(plan(nodes.with(3, 'out mail {"template":"t","connection":null,"stray":1}')).hash).toBe(hash)
  expect(plan(nodes.with(3, 'out mail {"template":"u"}')).hash).not.toBe(hash)
})

test('what exit rules listen to and read belongs to the plan', () => {
  const filter = { fact: 'attribute', params: { name: 'city' }, operator: 'isSet' }
  const { listens, reads, hash } = plan(nodes, edges, {
    exitRules: [{ event: 'refund', filter, reason: 'exit_rule' }],
  })
  expect(listens).toEqual(['order', 'refund', 'visit'])
  expect(reads).toEqual(['city', 'limit', 'total'])
  expect(hash).not.toBe(plan().hash)
})

test('the journey’s settings belong to the plan, and a changed setting changes its hash', () => {
  const often = plan(nodes, edges, { reentry: { mode: 'after_days', days: 30 } })
  expect(often.settings).toEqual({ reentry: { mode: 'after_days', days: 30 }, exitRules: [] })
  expect(often.hash).not.toBe(plan().hash)
  const rule = { event: 'order', reason: 'goal_reached' as const }
  expect(plan(nodes, edges, { exitRules: [rule] }).settings.exitRules).toEqual([rule])
  expect(plan(nodes, edges, { exitRules: [rule] }).hash).not.toBe(plan().hash)
})

test('several entries stand in the order of their ids', () => {
  const two = plan(['z start {"event":"visit"}', ...nodes], ['z.next at', ...edges])
  expect(two.entries.map(({ node, event }) => `${node} ${event}`)).toEqual(['in order', 'z visit'])
})

test('a graph that validate refuses does not compile', () => {
  expect(() => plan(['a unheard_of'])).toThrow('Node a is of the unknown kind unheard_of')
  expect(() => plan(['a sleep {"for":"soon"}'])).toThrow()
})
