import { describe, expect, it } from 'vitest'
import type { Graph, GraphNode } from './graph.ts'
import { emptyGraph } from './graph.ts'
import { namesIn } from './names-in.ts'

const node = (id: string, kind: string, config: Record<string, unknown>): GraphNode => ({
  id,
  kind,
  name: '',
  config,
  position: { x: 0, y: 0 },
})

const over = (fact: string, params: Record<string, string>, value: unknown = 1) => ({
  fact,
  params,
  operator: 'greaterThan',
  value,
})

describe('the names a draft uses', () => {
  it('are those of its events, with what is looked at on them, finished or not', () => {
    const graph: Graph = {
      ...emptyGraph,
      nodes: [
        node('start', 'event_entry', { event: 'order', key: 'order_id' }),
        node('wait', 'wait_event', {
          event: 'refund',
          filter: { all: [over('event', { property: 'sum' })] },
        }),
        node('ask', 'condition', {
          cases: [{ id: 'yes', condition: { all: [over('entry', { property: 'total' })] } }],
        }),
        node('count', 'condition', {
          cases: [{ id: 'b', condition: over('event_count', { event: 'visit' }) }],
        }),
        node('empty', 'wait_event', { event: '' }),
      ],
      settings: {
        ...emptyGraph.settings,
        exitRules: [
          {
            event: 'stop',
            reason: 'exit_rule',
            filter: over(
              'event',
              { property: 'why' },
              { fact: 'entry', params: { property: 'shop' } },
            ) as never,
          },
        ],
      },
    }
    expect(namesIn(graph, ['event_entry']).events).toEqual([
      { name: 'order', properties: ['order_id', 'total', 'shop'] },
      { name: 'refund', properties: ['sum'] },
      { name: 'visit', properties: [] },
      { name: 'stop', properties: ['why'] },
    ])
  })

  it('are the attributes it reads or writes', () => {
    const graph: Graph = {
      ...emptyGraph,
      nodes: [
        node('mark', 'update_customer', { changes: [{ attribute: 'status', value: 'regular' }] }),
        node('ask', 'condition', { cases: [{ id: 'yes', condition: over('attribute', { name: 'city' }) }] }),
      ],
    }
    expect(namesIn(graph, []).attributes).toEqual(['status', 'city'])
  })
})
