import type { Graph, GraphNode, JourneySettings } from '@tropa/journey'

/** A node in short: kind, config and where its outputs lead. */
export interface NodeSketch {
  kind: string
  config?: Record<string, unknown>
  next?: Record<string, string>
}

/** A graph from a sketch: node id → kind, config, outputs. */
export function sketchGraph(
  sketch: Record<string, NodeSketch>,
  settings: Partial<JourneySettings> = {},
): Graph {
  const nodes: GraphNode[] = Object.entries(sketch).map(([id, { kind, config = {} }], index) => ({
    id,
    kind,
    name: id,
    config,
    position: { x: index * 100, y: 0 },
  }))
  const edges = Object.entries(sketch).flatMap(([from, { next = {} }]) =>
    Object.entries(next).map(([output, to]) => ({ id: `${from}.${output}`, from, output, to })),
  )
  return { nodes, edges, settings: { reentry: { mode: 'never' }, exitRules: [], ...settings } }
}

/** After an order: wait so long, and that is all. `entry` says more of which orders let somebody in. */
export function waitGraph(time: string, entry: Record<string, unknown> = {}): Graph {
  return sketchGraph({
    start: { kind: 'event_entry', config: { event: 'order', ...entry }, next: { next: 'pause' } },
    pause: { kind: 'wait', config: { for: time } },
  })
}

/** After an order: wait for the next one; if none came, mail by the size of the first; else say thank you. */
export function orderGraph(
  templateId: string,
  within = '30d',
  settings: Partial<JourneySettings> = {},
): Graph {
  const mail = { template: templateId, messageClass: 'marketing', topic: '', ifUnknown: 'skip' }
  const large = { fact: 'entry', params: { property: 'total' }, operator: 'greaterThan', value: 50 }
  return sketchGraph(
    {
      start: { kind: 'event_entry', config: { event: 'order' }, next: { next: 'next_order' } },
      next_order: {
        kind: 'wait_event',
        config: { event: 'order', within },
        next: { happened: 'thanks', timed_out: 'size' },
      },
      size: {
        kind: 'condition',
        config: { cases: [{ id: 'yes', label: 'Large', condition: large }] },
        next: { yes: 'large', else: 'small' },
      },
      large: { kind: 'send_email', config: mail },
      small: { kind: 'send_email', config: mail },
      thanks: { kind: 'send_email', config: mail },
    },
    settings,
  )
}
