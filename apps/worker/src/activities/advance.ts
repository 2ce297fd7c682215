import type { JourneyInput } from '../contract.ts'
import { type DriveDeps, drive } from '../enrollment/drive.ts'
import type { Next } from '../enrollment/next.ts'
import type { Outages } from '../outages.ts'

export interface AdvanceActivities {
  advance: (input: JourneyInput) => Promise<Next>
}

/**
 * The local activity of `journey`. Its failures are the infrastructure's and are tried again for as long as it takes.
 * `graceMs` is how much longer the workflow sleeps than the enrollment, because somebody else wakes that first.
 */
export function advanceActivities(deps: DriveDeps, outages: Outages, graceMs = 0): AdvanceActivities {
  return {
    advance: async ({ enrollmentId }) => {
      const next = await outages.watch('advance', { enrollmentId }, () => drive(deps, enrollmentId))
      return next.do === 'sleep' ? { ...next, forMs: next.forMs + graceMs } : next
    },
  }
}
