import type { Queryable } from '@tropa/db'
import { archiveTemplate } from '@tropa/db/templates'
import { livePlans } from '@tropa/db/versions'
import { Failure } from '../errors.ts'

/** Takes a template away unless a live journey sends it. */
export async function removeTemplate(db: Queryable, workspaceId: string, id: string): Promise<void> {
  const plans = await livePlans(db, workspaceId)
  const users = plans.filter(({ plan }) =>
    Object.values(plan.nodes).some(({ config }) => (config as { template?: unknown })?.template === id),
  )
  if (users.length > 0)
    throw new Failure('template_in_use', {
      journeys: users.map(({ journeyId, journeyName }) => ({ id: journeyId, name: journeyName })),
    })
  if (!(await archiveTemplate(db, workspaceId, id))) throw new Failure('not_found')
}
