import { sql } from 'drizzle-orm'
import type { Queryable } from '../open.ts'

interface Seen {
  name: string
  properties: Record<string, unknown>
  traits?: Record<string, unknown> | undefined
}

export interface CatalogueNews {
  events: { name: string; property: string; type: string }[]
  attributes: { name: string; type: string }[]
  /** To be called after the commit: from then on these are not written again by this process. */
  remember(): void
}

const limit = 50_000
const remembered = new Set<string>()

const isoDate = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}|$)/

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return 'list'
  if (typeof value === 'string') return isoDate.test(value) ? 'date' : 'text'
  if (typeof value === 'number' || typeof value === 'boolean') return typeof value
  return value === null ? '' : 'object'
}

/** Event names, properties and attributes that this process has not yet written into the catalogues. */
export function catalogueKeys(workspaceId: string, items: Seen[]): CatalogueNews {
  const fresh = new Map<
    string,
    { list: 'events' | 'attributes'; name: string; property: string; type: string }
  >()
  const note = (list: 'events' | 'attributes', name: string, property: string, value: unknown): void => {
    const key = `${workspaceId}\u0000${list}\u0000${name}\u0000${property}`
    if (remembered.has(key) || fresh.has(key)) return
    fresh.set(key, { list, name, property, type: property || list === 'attributes' ? typeOf(value) : '' })
  }
  for (const { name, properties, traits } of items) {
    for (const trait in traits) if (traits[trait] !== null) note('attributes', trait, '', traits[trait])
    if (name === '$identify' || name === '$alias') continue
    note('events', name, '', null)
    for (const property in properties) note('events', name, property, properties[property])
  }
  const all = [...fresh.values()].sort((a, b) =>
    a.name === b.name ? (a.property < b.property ? -1 : 1) : a.name < b.name ? -1 : 1,
  )
  return {
    events: all.filter(({ list }) => list === 'events'),
    attributes: all.filter(({ list }) => list === 'attributes'),
    remember: () => {
      if (remembered.size + fresh.size > limit) remembered.clear()
      for (const key of fresh.keys()) remembered.add(key)
    },
  }
}

/** Adds what is new to the workspace's catalogues; the first type seen stays. */
export async function saveCatalogue(
  tx: Queryable,
  workspaceId: string,
  { events, attributes }: CatalogueNews,
): Promise<void> {
  if (events.length > 0) {
    await tx.execute(sql`
      insert into event_catalogue (workspace_id, name, property, value_type)
      select ${workspaceId}, name, property, type from jsonb_to_recordset(${JSON.stringify(events)}::jsonb)
        as t(name text, property text, type text)
      on conflict do nothing`)
  }
  if (attributes.length > 0) {
    await tx.execute(sql`
      insert into attribute_catalogue (workspace_id, name, value_type)
      select ${workspaceId}, name, type from jsonb_to_recordset(${JSON.stringify(attributes)}::jsonb)
        as t(name text, type text)
      on conflict do nothing`)
  }
}
