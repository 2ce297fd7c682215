import type { Plan } from '@tropa/journey'
import { statement } from '../statement.ts'

/** A frozen plan and whose it is. */
export interface StoredPlan {
  versionId: string
  workspaceId: string
  journeyId: string
  plan: Plan
}

/** The plan of a version; never changes, so it may be kept for good. */
export const planOf = statement<[versionId: string], StoredPlan>(
  `select id as "versionId", workspace_id as "workspaceId", journey_id as "journeyId", plan
   from versions where id = $1`,
)

/** A live way in: the node that lets customers in, and whether its journey is open now. */
export interface LiveEntry {
  workspaceId: string
  event: string
  journeyId: string
  versionId: string
  nodeId: string
  status: 'draft' | 'live' | 'paused' | 'archived'
}

/** The ways in for some event names, given pairwise with their workspaces. */
export const liveEntriesFor = statement<[workspaceIds: string[], events: string[]], LiveEntry>(
  `select l.workspace_id as "workspaceId", l.event, l.journey_id as "journeyId", l.version_id as "versionId",
     l.node_id as "nodeId", j.status
   from (select distinct * from unnest($1::text[], $2::text[]) as w(workspace_id, event)) w
   join live_entries l on l.workspace_id = w.workspace_id and l.event = w.event
   join journeys j on j.id = l.journey_id
   where j.status in ('live', 'paused')
   order by l.journey_id, l.node_id`,
)
