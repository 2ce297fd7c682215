import fc from 'fast-check'
import {
  arbitraryCondition,
  arbitraryDuration,
  arbitraryValue,
  eventNames,
  names,
} from './condition/arbitraries.ts'
import type { ExitRule, Graph, GraphEdge, GraphNode } from './graph.ts'
import { type AnyKind, type EventFacts, kindOf } from './node.ts'
import type { SimulatedCustomer } from './simulate.ts'
import type { Catalogue } from './validate/catalogue.ts'

/** 2026-01-01T00:00:00Z, when every random entry happens. */
const entryAt = 1_767_225_600_000
const dayMs = 86_400_000

/** Everything random journeys may refer to, so that `validate` finds nothing missing. */
export const sampleCatalogue: Catalogue = {
  templates: [{ id: 'hello', channel: 'email', name: 'Hello', variables: [] }],
  connections: [{ id: 'post', channel: 'email', isDefault: true }],
  events: eventNames.map((name) => ({ name, properties: [...names] })),
  attributes: [...names],
}

/** For each kind that may stand in a random journey, its configs. Entries are named apart: exactly one is used. */
export interface Parts {
  entry: { kind: string; config: fc.Arbitrary<Record<string, unknown>> }
  others: { kind: string; config: fc.Arbitrary<Record<string, unknown>> }[]
}

/** The configs of the sample kinds. */
export const sampleParts: Parts = {
  entry: { kind: 'start', config: fc.constantFrom(...eventNames).map((event) => ({ event })) },
  others: [
    { kind: 'decide', config: arbitraryCondition('node').map((condition) => ({ condition })) },
    { kind: 'halve', config: fc.constant({}) },
    { kind: 'sleep', config: arbitraryDuration.map((length) => ({ for: length })) },
    {
      kind: 'hear',
      config: fc.record(
        {
          event: fc.constantFrom(...eventNames),
          within: arbitraryDuration,
          filter: arbitraryCondition('wait_filter'),
        },
        { requiredKeys: ['event', 'within'] },
      ),
    },
    { kind: 'mail', config: fc.constant({ template: 'hello', connection: null }) },
    { kind: 'ask', config: fc.constant({ action: 'look' }) },
    {
      kind: 'write',
      config: fc.record({ name: fc.constantFrom(...names), value: fc.constantFrom('a', 1, true, null) }),
    },
    { kind: 'leave', config: fc.constantFrom({ reason: 'exit_node' }, { reason: 'goal_reached' }) },
  ],
}

/** A random journey that `validate` accepts: one entry, every node reachable, every loop with a wait inside. */
export function arbitraryGraph(
  kinds: readonly AnyKind[],
  parts: Parts,
  { maxNodes = 12 } = {},
): fc.Arbitrary<Graph> {
  const other = fc
    .constantFrom(...parts.others)
    .chain(({ kind, config }) => config.map((made) => ({ kind, config: made })))
  return fc
    .tuple(
      parts.entry.config,
      fc.array(other, { minLength: 1, maxLength: maxNodes - 1 }),
      fc.array(fc.nat({ max: 1_000_000 }), { minLength: 80, maxLength: 80 }),
      fc.array(exitRule, { maxLength: 2 }),
    )
    .map(([config, rest, dice, exitRules]) => {
      const nodes = [{ kind: parts.entry.kind, config }, ...rest]
      return {
        ...wire(nodes, kinds, () => dice.pop() ?? 0),
        settings: { reentry: { mode: 'never' }, exitRules },
      }
    })
}

const exitRule: fc.Arbitrary<ExitRule> = fc.record(
  {
    event: fc.constantFrom(...eventNames),
    reason: fc.constantFrom('exit_rule', 'goal_reached'),
    filter: arbitraryCondition('wait_filter'),
  },
  { requiredKeys: ['event', 'reason'] },
)

type Part = Pick<GraphNode, 'kind' | 'config'>

/** Hangs each node on a free output of an earlier one, then lets the remaining outputs lead anywhere allowed, or nowhere. */
function wire(parts: Part[], kinds: readonly AnyKind[], roll: () => number): Pick<Graph, 'nodes' | 'edges'> {
  const nodes: GraphNode[] = []
  const edges: GraphEdge[] = []
  const free: { from: number; output: string }[] = []
  const join = (from: number, output: string, to: number) =>
    edges.push({ id: `e${edges.length}`, from: idOf(from), output, to: idOf(to) })
  for (const part of parts) {
    const index = nodes.length
    if (index > 0) {
      const [slot] = free.splice(roll() % Math.max(1, free.length), 1)
      if (!slot) break
      join(slot.from, slot.output, index)
    }
    nodes.push({
      id: idOf(index),
      kind: part.kind,
      name: '',
      config: part.config,
      position: { x: 0, y: index * 100 },
    })
    for (const { id } of kindOf(kinds, part.kind)?.outputs(part.config) ?? [])
      free.push({ from: index, output: id })
  }
  for (const { from, output } of free) {
    const back = kindOf(kinds, nodes[from]?.kind ?? '')?.waits ?? false
    const first = back ? 1 : from + 1
    const to = first + (roll() % (nodes.length - first + 1))
    if (to < nodes.length) join(from, output, to)
  }
  return { nodes, edges }
}

/** Ids that catch code which looks up inherited members. */
function idOf(index: number): string {
  return index === 3 ? 'constructor' : index === 4 ? 'valueOf' : `n${index}`
}

const properties = fc.dictionary(fc.constantFrom(...names), arbitraryValue, { maxKeys: 4 })

/** A customer with an entry event and others around it, in order of time. */
export function arbitraryCustomer(
  entryEvent: string,
): fc.Arbitrary<{ customer: SimulatedCustomer; entry: EventFacts }> {
  const event = fc.record({
    name: fc.constantFrom(...eventNames),
    after: fc.integer({ min: -60 * dayMs, max: 120 * dayMs }),
    properties,
  })
  return fc
    .tuple(
      properties,
      properties,
      fc.array(event, { maxLength: 8 }),
      fc.option(fc.boolean(), { nil: undefined }),
    )
    .map(([attributes, ofEntry, around, consent]) => {
      const entry: EventFacts = { id: 'entry', name: entryEvent, occurredAt: entryAt, properties: ofEntry }
      const others: EventFacts[] = around.map(({ name, after, properties: own }, index) => ({
        id: `event${index}`,
        name,
        occurredAt: entryAt + after,
        properties: own,
      }))
      const events = [...others, entry].sort((a, b) => a.occurredAt - b.occurredAt)
      const consents: Record<string, boolean> = consent === undefined ? {} : { email: consent }
      return {
        customer: { attributes, consents, events },
        entry,
      }
    })
}
