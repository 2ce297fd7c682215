import type { EventFacts } from '@tropa/journey'

/** An event as the core knows it: the id is text there. */
export function eventFacts(event: {
  id: number
  name: string
  occurredAt: number
  properties: Record<string, unknown>
}): EventFacts {
  return {
    id: String(event.id),
    name: event.name,
    occurredAt: event.occurredAt,
    properties: event.properties,
  }
}
