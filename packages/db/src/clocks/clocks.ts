import { epochMs, statement } from '../statement.ts'

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

/**
 * Of moments on compressed clocks, the customers and clocks with an enrollment that has not come so far: its timer was
 * due before the moment, or its message is still being delivered (one that has not moved for 30 s holds nobody up).
 */
export const notYetAt = statement<
  [clockIds: string[], customerIds: string[], instants: number[]],
  { customerId: string; clockId: string }
>(
  `select distinct e.customer_id as "customerId", e.clock_id as "clockId"
   from unnest($1::uuid[], $2::uuid[], $3::float8[]) as moment(clock_id, customer_id, at)
   join enrollments e on e.customer_id = moment.customer_id and e.clock_id = moment.clock_id and e.status = 'active'
   where (e.waiting_for = 'message' and e.updated_at > now() - interval '30 seconds')
     or (e.state -> 'pending' -> 'command' ->> 'until')::float8 < moment.at`,
)
