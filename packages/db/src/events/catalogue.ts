import type { Catalogue } from '@tropa/journey'
import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { Queryable } from '../open.ts'
import { attributeCatalogue, connections, eventCatalogue, events, templates } from '../tables.ts'

/** What a workspace has, as far as a draft can refer to it. A template with problems is not there. */
export async function readCatalogue(db: Queryable, workspaceId: string): Promise<Catalogue> {
  const usable = await db
    .select({
      id: templates.id,
      channel: templates.channel,
      name: templates.name,
      variables: templates.variables,
      needs: sql<string[]>`coalesce(${templates.compiled}->'needs', ${templates.variables})`,
    })
    .from(templates)
    .where(
      and(
        eq(templates.workspaceId, workspaceId),
        isNull(templates.archivedAt),
        sql`${templates.compiled} is not null`,
      ),
    )
    .orderBy(asc(templates.name))
  const ways = await db
    .select({
      id: connections.id,
      channel: connections.channel,
      name: connections.name,
      isDefault: connections.isDefault,
    })
    .from(connections)
    .where(and(eq(connections.workspaceId, workspaceId), isNull(connections.disabledAt)))
    .orderBy(asc(connections.createdAt))
  const seen = await db
    .select({ name: eventCatalogue.name, property: eventCatalogue.property })
    .from(eventCatalogue)
    .where(eq(eventCatalogue.workspaceId, workspaceId))
    .orderBy(asc(eventCatalogue.name), asc(eventCatalogue.property))
  const attributes = await db
    .select({ name: attributeCatalogue.name })
    .from(attributeCatalogue)
    .where(eq(attributeCatalogue.workspaceId, workspaceId))
    .orderBy(asc(attributeCatalogue.name))
  const byName = new Map<string, string[]>()
  for (const { name, property } of seen)
    byName.set(name, [...(byName.get(name) ?? []), ...(property ? [property] : [])])
  return {
    templates: usable,
    connections: ways,
    events: [...byName].map(([name, properties]) => ({ name, properties })),
    attributes: attributes.map(({ name }) => name),
  }
}

/** How many events of each name a workspace has. */
export async function countEvents(db: Queryable, workspaceId: string): Promise<Record<string, number>> {
  const rows = await db
    .select({ name: events.name, n: sql<number>`count(*)::int` })
    .from(events)
    .where(eq(events.workspaceId, workspaceId))
    .groupBy(events.name)
  return Object.fromEntries(rows.map(({ name, n }) => [name, n]))
}
