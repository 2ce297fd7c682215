import { type Problem, problem } from '../problem.ts'
import type { Text } from '../text.ts'

/** What the workspace has, as far as a draft can refer to it. */
export interface Catalogue {
  templates: {
    id: string
    channel: string
    name: string
    variables: string[]
    /**
     * Those of the variables that must have a value: used without a default and outside a branch that tests them.
     * Without it every variable counts as such.
     */
    needs?: string[]
  }[]
  /** Templates that cannot be sent until they are corrected, each with its first mistake. */
  broken?: { id: string; name: string; mistake: Text }[]
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
