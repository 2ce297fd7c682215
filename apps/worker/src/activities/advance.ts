import type { JourneyInput } from '../contract.ts'
import { type DriveDeps, drive } from '../enrollment/drive.ts'
import type { Outages } from '../outages.ts'

/** What a `journey` workflow does next. Only ids and numbers cross into Temporal. */
export type Next = { do: 'end' } | { do: 'sleep'; forMs: number } | { do: 'send'; messageId: string }

export interface AdvanceActivities {
  advance: (input: JourneyInput) => Promise<Next>
}

/** The local activity of `journey`. Its failures are the infrastructure's and are tried again for as long as it takes. */
export function advanceActivities(deps: DriveDeps, outages: Outages): AdvanceActivities {
  return {
    advance: ({ enrollmentId }) =>
      outages.watch('advance', { enrollmentId }, () => drive(deps, enrollmentId)),
  }
}
