import { type Problem, problem } from '../problem.ts'

/** What the workspace has, as far as a draft can refer to it. */
export interface Catalogue {
  templates: { id: string; channel: string; name: string; variables: string[] }[]
  connections: { id: string; channel: string; isDefault: boolean }[]
  /** Events seen so far, with the names of their properties. */
  events: { name: string; properties: string[] }[]
  attributes: string[]
}

/** A warning when an event has never come in; no problem otherwise. */
export function seen(
  event: string,
  catalogue: Catalogue,
  where: { nodeId?: string; field?: string },
): Problem[] {
  if (catalogue.events.some(({ name }) => name === event)) return []
  return [problem('event_never_seen', where, { en: `“${event}”`, ru: `«${event}»` })]
}
