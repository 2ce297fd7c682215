import type { EnginesSeen } from '@tropa/db/engines'

/** What keeps journeys from moving: no engine lives, or those that do lack Temporal; and since when, if that is known. */
export interface EngineState {
  away: 'engine' | 'temporal' | null
  since: string | null
}

/** Engines start beside the API and need a while: so long nobody is alarmed. */
const startsWithinSeconds = 40

/** Whether journeys can move, from what is known of the engines and how long this process has run. */
export function engineState(seen: EnginesSeen, upSeconds: number): EngineState {
  if (seen.works || upSeconds < startsWithinSeconds) return { away: null, since: null }
  if (!seen.lives) return { away: 'engine', since: seen.seenAt }
  return { away: 'temporal', since: seen.workedAt }
}
