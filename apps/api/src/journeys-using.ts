import type { Queryable } from '@tropa/db'
import { livePlans } from '@tropa/db/versions'

/** What a node's config may name of a workspace's things. */
interface Named {
  template?: unknown
  connection?: unknown
}

/** The live journeys of which a node names what `isMeant` says. */
export async function journeysUsing(
  db: Queryable,
  workspaceId: string,
  isMeant: (named: Named) => boolean,
): Promise<{ id: string; name: string }[]> {
  const plans = await livePlans(db, workspaceId)
  return plans
    .filter(({ plan }) => Object.values(plan.nodes).some(({ config }) => isMeant((config ?? {}) as Named)))
    .map(({ journeyId, journeyName }) => ({ id: journeyId, name: journeyName }))
}
