import type { Graph, GraphNode } from '@tropa/journey'

const node = (
  id: string,
  kind: string,
  name: string,
  config: Record<string, unknown>,
  x: number,
  y: number,
): GraphNode => ({
  id,
  kind,
  name,
  config,
  position: { x, y },
})
const email = (template: string) => ({
  template,
  messageClass: 'marketing',
  topic: 'orders',
  connection: null,
  ifUnknown: 'skip',
})

/**
 * Made an order → wait for the next order, at most 30 days → if none came: was the total over 50? → one of two emails;
 * else a thank-you email.
 */
export const mainJourney: Graph = {
  nodes: [
    node('ordered', 'event_entry', 'Made an order', { event: 'order' }, 0, 0),
    node('next_order', 'wait_event', 'Next order', { event: 'order', within: '30d' }, 320, 0),
    node(
      'large',
      'condition',
      'Large order?',
      {
        cases: [
          {
            id: 'over_50',
            label: 'Over 50',
            condition: { fact: 'entry', params: { property: 'total' }, operator: 'greaterThan', value: 50 },
          },
        ],
      },
      640,
      160,
    ),
    node('offer', 'send_email', 'Offer', email('offer'), 960, 80),
    node('reminder', 'send_email', 'Reminder', email('reminder'), 960, 240),
    node('thanks', 'send_email', 'Thank you', email('thanks'), 640, -80),
  ],
  edges: [
    { id: 'e1', from: 'ordered', output: 'next', to: 'next_order' },
    { id: 'e2', from: 'next_order', output: 'happened', to: 'thanks' },
    { id: 'e3', from: 'next_order', output: 'timed_out', to: 'large' },
    { id: 'e4', from: 'large', output: 'over_50', to: 'offer' },
    { id: 'e5', from: 'large', output: 'else', to: 'reminder' },
  ],
  settings: { reentry: { mode: 'never' }, exitRules: [] },
}
