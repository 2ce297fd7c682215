import type { TimelineRow } from '@tropa/db/timeline'
import { reasonText } from '../reasons.ts'

/** A line of the timeline; refusals and endings carry their sentence. */
export function presentTimelineRow({ sort, at, data }: TimelineRow) {
  const reason = typeof data.reason === 'string' ? data.reason : null
  return {
    ...data,
    type: sort,
    at: new Date(at).toISOString(),
    ...(reason === null ? {} : { sentence: reasonText(reason) }),
  }
}
