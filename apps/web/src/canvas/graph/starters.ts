import type { Graph, Text } from '@tropa/journey'

export interface Starter {
  id: string
  title: Text
  /** What it does and what it needs. */
  text: Text
  graph: Graph
  /** What its blocks are called where the name of the kind would not tell them apart. */
  names: Record<string, Text>
  /** What the outputs of its conditions are called. */
  labels: Record<string, Text>
}

const both = (word: string): Text => ({ en: word, ru: word })

/** The graph of a starter with its blocks and their outputs named in the reader's language. */
export function graphOf({ graph, names, labels }: Starter, text: (text: Text) => string): Graph {
  const nodes = graph.nodes.map((node) => {
    const { cases } = node.config as { cases?: { id: string; label: string }[] }
    const named = cases?.map((one) => ({ ...one, label: text(labels[one.id] ?? both(one.label)) }))
    return {
      ...node,
      name: text(names[node.id] ?? both(node.name)),
      config: named ? { ...node.config, cases: named } : node.config,
    }
  })
  return structuredClone({ ...graph, nodes })
}

const email = { template: '', messageClass: 'marketing', topic: '', connection: null, ifUnknown: 'skip' }

/** Journeys to begin from; their templates are left open, so nothing is sent before a member has chosen them. */
export const starters: readonly Starter[] = [
  {
    id: 'win_back',
    title: { en: 'Win-back after an order', ru: 'Возврат после заказа' },
    text: {
      en: 'Waits 30 days for the next order. None: one of two emails by the total. Needs “order” events and three templates.',
      ru: 'Ждёт следующий заказ 30 дней. Нет заказа: одно из двух писем по сумме. Нужны события «order» и три шаблона.',
    },
    names: {
      thanks: { en: 'Thank-you email', ru: 'Письмо: благодарность' },
      large_order: { en: 'Email after a large order', ru: 'Письмо: крупный заказ' },
      small_order: { en: 'Email after a small order', ru: 'Письмо: малый заказ' },
    },
    labels: { large: { en: 'Over 50', ru: 'Больше 50' } },
    graph: {
      nodes: [
        {
          id: 'event_entry',
          kind: 'event_entry',
          name: '',
          config: { event: 'order', key: '' },
          position: { x: 0, y: 56 },
        },
        {
          id: 'wait_event',
          kind: 'wait_event',
          name: '',
          config: { event: 'order', within: '30d' },
          position: { x: 328, y: 56 },
        },
        { id: 'thanks', kind: 'send_email', name: '', config: email, position: { x: 656, y: -136 } },
        {
          id: 'condition',
          kind: 'condition',
          name: '',
          config: {
            cases: [
              {
                id: 'large',
                label: 'Over 50',
                condition: {
                  all: [{ fact: 'entry', params: { property: 'total' }, operator: 'greaterThan', value: 50 }],
                },
              },
            ],
          },
          position: { x: 656, y: 120 },
        },
        { id: 'large_order', kind: 'send_email', name: '', config: email, position: { x: 984, y: 56 } },
        { id: 'small_order', kind: 'send_email', name: '', config: email, position: { x: 984, y: 272 } },
        { id: 'exit', kind: 'exit', name: '', config: { label: '' }, position: { x: 1312, y: -96 } },
      ],
      edges: [
        { id: 'event_entry.next', from: 'event_entry', output: 'next', to: 'wait_event' },
        { id: 'wait_event.happened', from: 'wait_event', output: 'happened', to: 'thanks' },
        { id: 'wait_event.timed_out', from: 'wait_event', output: 'timed_out', to: 'condition' },
        { id: 'condition.large', from: 'condition', output: 'large', to: 'large_order' },
        { id: 'condition.else', from: 'condition', output: 'else', to: 'small_order' },
        { id: 'thanks.sent', from: 'thanks', output: 'sent', to: 'exit' },
        { id: 'large_order.sent', from: 'large_order', output: 'sent', to: 'exit' },
        { id: 'small_order.sent', from: 'small_order', output: 'sent', to: 'exit' },
      ],
      settings: { reentry: { mode: 'after_exit' }, exitRules: [] },
    },
  },
]
