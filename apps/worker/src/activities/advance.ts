import type { JourneyInput } from '../contract.ts'
import { type DriveDeps, drive } from '../enrollment/drive.ts'
import type { Next } from '../enrollment/next.ts'
import type { Outages } from '../outages.ts'

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
