import type { Queryable } from '@tropa/db'
import { archiveTemplate } from '@tropa/db/templates'
import { Failure } from '../errors.ts'
import { journeysUsing } from '../journeys-using.ts'

/** The live journeys that send a template. */
export function journeysSending(db: Queryable, workspaceId: string, id: string) {
  return journeysUsing(db, workspaceId, ({ template }) => template === id)
}

/** Takes a template away unless a live journey sends it. */
export async function removeTemplate(db: Queryable, workspaceId: string, id: string): Promise<void> {
  const journeys = await journeysSending(db, workspaceId, id)
  if (journeys.length > 0) throw new Failure('template_in_use', { journeys })
  if (!(await archiveTemplate(db, workspaceId, id))) throw new Failure('not_found')
}
