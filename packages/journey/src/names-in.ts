import type { Graph } from './graph.ts'

/** The names a draft uses: events with their properties, and attributes of customers. */
export interface UsedNames {
  events: { name: string; properties: string[] }[]
  attributes: string[]
}

type Bag = Record<string, unknown>

const bagOf = (value: unknown): Bag => (typeof value === 'object' && value !== null ? (value as Bag) : {})
const wordOf = (value: unknown): string => (typeof value === 'string' ? value.trim() : '')

/** Every object inside a value, however deep. */
function objectsIn(value: unknown): Bag[] {
  if (typeof value !== 'object' || value === null) return []
  const inner = Object.values(value).flatMap(objectsIn)
  return Array.isArray(value) ? inner : [value as Bag, ...inner]
}

/** Gathers names in the order they are met. */
class Names {
  readonly events = new Map<string, Set<string>>()
  readonly attributes = new Set<string>()

  event(name: unknown, property?: unknown): void {
    const word = wordOf(name)
    if (word === '') return
    const properties = this.events.get(word) ?? new Set<string>()
    if (wordOf(property) !== '') properties.add(wordOf(property))
    this.events.set(word, properties)
  }

  /** What a comparison reads; `own` is the event in hand, `entries` those the journey begins with. */
  read(fact: string, params: Bag, own: string, entries: readonly string[]): void {
    if (fact === 'attribute') this.attribute(params.name)
    if (fact === 'event') this.event(own, params.property)
    if (fact === 'entry') for (const entry of entries) this.event(entry, params.property)
    if (fact === 'event_count' || fact === 'event_sum') this.event(params.event, params.property)
  }

  attribute(name: unknown): void {
    if (wordOf(name) !== '') this.attributes.add(wordOf(name))
  }
}

/**
 * The names that a draft uses, even where it is unfinished: an entry's or wait's event, what conditions look at, what
 * is written on the customer. `entryKinds` are the kinds that let customers in.
 */
export function namesIn(graph: Graph, entryKinds: readonly string[]): UsedNames {
  const names = new Names()
  const entries = graph.nodes
    .filter(({ kind }) => entryKinds.includes(kind))
    .map(({ config }) => wordOf(config.event))
    .filter(Boolean)
  const look = (value: unknown, own: string) => {
    for (const { fact, params, attribute } of objectsIn(value)) {
      if (typeof fact === 'string') names.read(fact, bagOf(params), own, entries)
      names.attribute(attribute)
    }
  }
  for (const { kind, config } of graph.nodes) {
    names.event(config.event, entryKinds.includes(kind) ? config.key : undefined)
    look(config, wordOf(config.event))
  }
  for (const { event, filter } of graph.settings.exitRules) {
    names.event(event)
    look(filter, event)
  }
  return {
    events: [...names.events].map(([name, properties]) => ({ name, properties: [...properties] })),
    attributes: [...names.attributes],
  }
}
