import { compile } from './compile.ts'
import type { EnrollmentState, Input } from './enrollment.ts'
import { newEnrollment } from './enrollment.ts'
import type { Graph, JourneySettings } from './graph.ts'
import type { AnyKind, EventFacts } from './node.ts'
import type { Plan } from './plan.ts'
import type { Port } from './port.ts'
import { sampleKinds } from './sample-kinds.ts'

/** 2026-01-01T00:00:00Z. */
export const newYear = 1_767_225_600_000
export const day = 86_400_000

/**
 * Draws a graph from short lines, `id kind {config}` for a node and `from.output to` for an edge;
 * a config is written as JSON.
 */
export function buildGraph(nodes: string[], edges: string[], settings: Partial<JourneySettings> = {}): Graph {
  return {
    nodes: nodes.map((line, index) => {
      const [id = '', kind = '', ...config] = line.split(' ')
      return {
        id,
        kind,
        name: '',
        config: config.length > 0 ? JSON.parse(config.join(' ')) : {},
        position: { x: 0, y: index * 120 },
      }
    }),
    edges: edges.map((line, index) => {
      const [start = '', to = ''] = line.split(' ')
      const [from = '', output = ''] = start.split('.')
      return { id: `e${index + 1}`, from, output, to }
    }),
    settings: { reentry: { mode: 'never' }, exitRules: [], ...settings },
  }
}

/** Compiles what `buildGraph` draws. */
export function buildPlan(nodes: string[], edges: string[], kinds: readonly AnyKind[] = sampleKinds): Plan {
  return compile(buildGraph(nodes, edges), kinds)
}

/** An entry event at the new year. */
export function buildEntry(properties: Record<string, unknown> = {}, name = 'order'): EventFacts {
  return { id: 'entry', name, occurredAt: newYear, properties }
}

/** A port that knows some attributes and nothing else. */
export function buildPort(attributes: Record<string, unknown> = {}): Port {
  return {
    read: async ({ fact, params }) => ({
      value: fact === 'attribute' ? attributes[params.name ?? ''] : undefined,
      source: 'customer',
    }),
  }
}

/** What `advance` takes, for somebody who has just come to the first node. */
export function buildActivation(
  plan: Plan,
  { input, state, now = newYear }: { input?: Input; state?: EnrollmentState; now?: number } = {},
) {
  return {
    plan,
    kinds: sampleKinds,
    identity: { journeyId: 'j', customerId: 'c', entryKey: '' },
    state: state ?? newEnrollment(buildEntry()),
    input: input ?? ({ type: 'entered', node: plan.entries[0]?.node ?? '' } as const),
    now,
    port: buildPort(),
  }
}
