import type { Catalogue, UsedNames } from '@tropa/journey'

/** Names that a waiting file will bring or another journey's draft uses. */
export interface PlannedNames extends UsedNames {
  from: { in: 'import' | 'journey'; id: string; name: string }
}

/** Where an offered name is from: it has come in, it stands in this draft, or a file or another journey has it. */
export type Origin = { in: 'seen' } | { in: 'draft' } | { in: 'import' | 'journey'; name: string }

/** A name a field may offer. */
export interface Offer {
  name: string
  from: Origin
  /** Of an event: what it carries, as far as anybody knows. */
  properties: string[]
}

/** Everything names are offered from. */
export interface Known {
  catalogue: Pick<Catalogue, 'events' | 'attributes'>
  planned: readonly PlannedNames[]
  /** The names of the draft in hand. */
  own: UsedNames
  /** The journey in hand, whose saved draft is not offered beside itself. */
  journeyId: string
}

interface Source extends UsedNames {
  from: Origin
}

/** The sources in the order of their worth: what has come in, what a file will bring, this draft, other journeys. */
function sourcesOf({ catalogue, planned, own, journeyId }: Known): Source[] {
  const others = planned.filter(({ from }) => from.id !== journeyId)
  const elsewhere = (wanted: 'import' | 'journey') =>
    others
      .filter(({ from }) => from.in === wanted)
      .map(({ from, ...names }): Source => ({ ...names, from: { in: wanted, name: from.name } }))
  return [
    { ...catalogue, from: { in: 'seen' } },
    ...elsewhere('import'),
    { ...own, from: { in: 'draft' } },
    ...elsewhere('journey'),
  ]
}

/** The first offer of each name, by the names within each source. */
function once(offers: readonly Offer[]): Offer[] {
  const byName = new Map<string, Offer>()
  for (const offer of offers) {
    const known = byName.get(offer.name)
    if (!known) byName.set(offer.name, offer)
    else
      byName.set(offer.name, {
        ...known,
        properties: [...new Set([...known.properties, ...offer.properties])],
      })
  }
  return [...byName.values()]
}

const sorted = (names: readonly string[]) => [...new Set(names)].sort()

/** The events a field may offer, each once, with the best thing known of it. */
export function eventOffers(known: Known): Offer[] {
  return once(
    sourcesOf(known).flatMap(({ events, from }) =>
      events.filter(({ name }) => name !== '').map(({ name, properties }) => ({ name, properties, from })),
    ),
  )
}

/** The properties a field may offer for some events; with none given, those of all. Columns of a file that is not mapped yet may be of any. */
export function propertyOffers(known: Known, events: readonly string[]): Offer[] {
  return once(
    sourcesOf(known).flatMap(({ events: listed, from }) =>
      sorted(
        listed
          .filter(({ name }) => name === '' || events.length === 0 || events.includes(name))
          .flatMap(({ properties }) => properties),
      ).map((name) => ({ name, properties: [], from })),
    ),
  )
}

/** The attributes a field may offer. */
export function attributeOffers(known: Known): Offer[] {
  return once(
    sourcesOf(known).flatMap(({ attributes, from }) =>
      sorted(attributes).map((name) => ({ name, properties: [], from })),
    ),
  )
}
