import { epochMs, statement } from './statement.ts'

/** A compressed clock as the engine reads it; instants are epoch milliseconds. */
export interface StoredClock {
  id: string
  realStart: number
  virtualStart: number
  scale: number
  fedUntil: number
  pausedAt: number | null
  endedAt: number | null
}

/** SQL for one clock as JSON, or null when the row of `alias` is missing. */
export function clockAsJson(alias: string): string {
  const ms = (column: string) => epochMs(`${alias}.${column}`)
  return `case when ${alias}.id is null then null else json_build_object(
    'id', ${alias}.id, 'realStart', ${ms('real_start')}, 'virtualStart', ${ms('virtual_start')},
    'scale', ${alias}.scale, 'fedUntil', ${ms('fed_until')},
    'pausedAt', ${ms('paused_at')}, 'endedAt', ${ms('ended_at')}) end`
}

/** Compressed clocks by id. */
export const clocksById = statement<[ids: string[]], { clock: StoredClock }>(
  `select ${clockAsJson('k')} as clock from clocks k where k.id = any($1::uuid[])`,
)
