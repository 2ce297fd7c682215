import { isLate } from '../events/late-window.ts'
import { epochMs, statement } from '../statement.ts'

/** An event of a customer as the engine reads it. `occurredAt` is epoch milliseconds. */
export interface StoredEvent {
  id: number
  name: string
  occurredAt: number
  properties: Record<string, unknown>
}

const eventColumns = (alias: string) => `${alias}.id::float8 as id, ${alias}.name, ${alias}.properties,
  ${epochMs(`${alias}.occurred_at`)} as "occurredAt"`

/**
 * Events of a customer by name in (since, until], by whole milliseconds, in order of time, routed or not. `clockId` says whose events count:
 * those of one compressed run, or (null) those of none. Events that came after the late window do not count.
 */
export const eventsBetween = statement<
  [customerId: string, events: string[], since: string, until: string, clockId: string | null],
  StoredEvent
>(
  `select ${eventColumns('v')} from events v
   where v.customer_id = $1 and v.name = any($2::text[]) and v.occurred_at >= $3::timestamptz + interval '1 ms'
     and v.occurred_at < $4::timestamptz + interval '1 ms' and v.clock_id is not distinct from $5::uuid
     and not ${isLate('v')}
   order by v.occurred_at, v.id limit 200`,
)

/** An open ear an event may be meant for. */
export interface OpenWait {
  enrollmentId: string
  seq: number
  customerId: string
  event: string
  clockId: string | null
  since: number
  until: number
}

/** Open ears of some customers for some event names. */
export const openWaits = statement<[customerIds: string[], events: string[]], OpenWait>(
  `select distinct enrollment_id as "enrollmentId", seq, customer_id as "customerId", event, clock_id as "clockId",
     ${epochMs('since')} as since, ${epochMs('until')} as until
   from waits where status = 'open' and customer_id = any($1::uuid[]) and event = any($2::text[])`,
)
