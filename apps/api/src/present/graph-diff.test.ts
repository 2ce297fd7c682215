import type { Graph, GraphNode } from '@tropa/journey'
import { kinds } from '@tropa/nodes'
import { describe, expect, it } from 'vitest'
import { diffGraphs } from './graph-diff.ts'

const node = (id: string, kind: string, config: Record<string, unknown>, name = ''): GraphNode => ({
  id,
  kind,
  name,
  config,
  position: { x: 0, y: 0 },
})
const start = node('start', 'event_entry', { event: 'order', key: '' })
const rest = node('rest', 'wait', { for: '2d' })
const graph = (nodes: GraphNode[], edges: [string, string, string][] = []): Graph => ({
  nodes,
  edges: edges.map(([from, output, to], index) => ({ id: `e${index}`, from, output, to })),
  settings: { reentry: { mode: 'never' }, exitRules: [] },
})
const english = (before: Graph, after: Graph) => diffGraphs(before, after, kinds).map(({ en }) => en)

describe('the difference of two graphs', () => {
  it('of equal graphs is empty, moved nodes and other edge ids included', () => {
    const before = graph([start, rest], [['start', 'next', 'rest']])
    const after = structuredClone(before)
    for (const one of after.nodes) one.position = { x: 99, y: 99 }
    for (const edge of after.edges) edge.id = 'other'
    expect(diffGraphs(before, after, kinds)).toEqual([])
  })

  it('names what was added, removed and renamed', () => {
    const exit = node('exit', 'exit', { label: '' }, 'Bye')
    expect(english(graph([start, rest]), graph([{ ...start, name: 'Order' }, exit]))).toEqual([
      'Added “Bye”',
      'Removed “Wait”',
      'Renamed “Event” to “Order”',
    ])
  })

  it('says what a changed node does now instead of what it did', () => {
    const after = graph([start, { ...rest, config: { for: '3d' } }])
    expect(diffGraphs(graph([start, rest]), after, kinds)).toEqual([
      {
        en: 'Changed “Wait”: “Wait 3 days” instead of “Wait 2 days”',
        ru: 'Изменён «Ждать»: «Ждать: 3 дня» вместо «Ждать: 2 дня»',
      },
    ])
  })

  it('names the changed fields when the summary stays the same', () => {
    const after = graph([{ ...start, config: { event: 'order', key: 'order_id' } }])
    expect(english(graph([start]), after)).toEqual(['Changed “Event”: Separate by'])
  })

  it('calls blocks by the templates they send, and tells which template stands for which', () => {
    const mail = (template: string) => node('mail', 'send_email', { template })
    const templates = [
      { id: 'a', name: 'Reminder' },
      { id: 'b', name: 'Offer' },
    ]
    const diff = (before: Graph, after: Graph) =>
      diffGraphs(before, after, kinds, templates).map(({ en }) => en)
    expect(diff(graph([start]), graph([start, mail('a')]))).toEqual(['Added “Reminder”'])
    expect(diff(graph([start, mail('a')]), graph([start, mail('b')]))).toEqual([
      'Changed “Offer”: Template “Offer” instead of “Reminder”',
    ])
  })

  it('tells outputs that lead elsewhere or nowhere now', () => {
    const exit = node('exit', 'exit', { label: '' })
    const before = graph(
      [start, rest, exit],
      [
        ['start', 'next', 'rest'],
        ['rest', 'next', 'exit'],
      ],
    )
    expect(english(before, graph([start, rest, exit], [['start', 'next', 'exit']]))).toEqual([
      'Output “Next” of “Event” now leads to “Exit”',
      'Output “Next” of “Wait” now leads nowhere',
    ])
  })

  it('tells changed rules of the whole journey', () => {
    const after = { ...graph([start]), settings: { reentry: { mode: 'always' as const }, exitRules: [] } }
    expect(english(graph([start]), after)).toEqual(['Changed the re-entry rule'])
  })
})
