import { sql } from 'drizzle-orm'

/**
 * A path rests on the events that began it, ended a wait of it or matched an exit rule. That is said here twice, since
 * one form asks of one event at a time, while others go, and the other of all events at once, to count them.
 */

/** The id, as text, of the event that moved a step `s` on: that ended a wait, or matched an exit rule. */
const eventOfStep = sql.raw(`coalesce(s.input #>> '{event,id}', s.input ->> 'eventId')`)

/**
 * Whether a path rests on the event `e`. Looked for among the enrollments of all whom the event's customer is, beginning
 * with these: an `in` would go through all enrollments.
 */
export const isRestedOn = sql`exists (
  select 1
  from (select e.customer_id union all select o.id from customers o where o.merged_into = e.customer_id) as person (id)
    join enrollments n on n.customer_id = person.id
  where n.entry_event_id = e.id
    or exists (select 1 from waits w where w.enrollment_id = n.id and w.matched_event_id = e.id)
    or exists (select 1 from steps s where s.enrollment_id = n.id and ${eventOfStep} = e.id::text))`

/** Selects the ids of the events that the paths of a set of enrollments rest on; it has `id` and `entry_event_id`. */
export const restedOnBy = (enrollments: string) => sql`
  select entry_event_id as id from ${sql.raw(enrollments)}
  union select w.matched_event_id from ${sql.raw(enrollments)} n join waits w on w.enrollment_id = n.id
  union select case when said.id ~ '^[0-9]{1,18}$' then said.id::bigint end
  from ${sql.raw(enrollments)} n join steps s on s.enrollment_id = n.id
    cross join lateral (values (${eventOfStep})) said (id)`
