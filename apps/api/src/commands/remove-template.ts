import type { Queryable } from '@tropa/db'
import { archiveTemplate } from '@tropa/db/templates'
import { livePlans } from '@tropa/db/versions'
import { Failure } from '../errors.ts'

/** The live journeys that send a template. */
export async function journeysSending(
  db: Queryable,
  workspaceId: string,
  id: string,
): Promise<{ id: string; name: string }[]> {
  const plans = await livePlans(db, workspaceId)
  return plans
    .filter(({ plan }) =>
      Object.values(plan.nodes).some(({ config }) => (config as { template?: unknown })?.template === id),
    )
    .map(({ journeyId, journeyName }) => ({ id: journeyId, name: journeyName }))
}

/** Takes a template away unless a live journey sends it. */
export async function removeTemplate(db: Queryable, workspaceId: string, id: string): Promise<void> {
  const journeys = await journeysSending(db, workspaceId, id)
  if (journeys.length > 0) throw new Failure('template_in_use', { journeys })
  if (!(await archiveTemplate(db, workspaceId, id))) throw new Failure('not_found')
}
