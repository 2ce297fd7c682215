import { sql } from 'drizzle-orm'
import type { Queryable } from '../open.ts'
import { statement } from '../statement.ts'

/**
 * Test enrollments whose timer the clock of their run has passed, with every event before it stored, most overdue first.
 * `except` are passed over.
 */
export const dueOnClock = statement<
  [clockId: string, except: string[], limit: number],
  { id: string; workspaceId: string }
>(
  `select e.id, e.workspace_id as "workspaceId" from clocks k join enrollments e on e.clock_id = k.id
   where k.id = $1::uuid and k.ended_at is null and e.status = 'active' and e.waiting_for in ('timer', 'event')
     and e.due_at <= least(coalesce(k.paused_at, now()),
       k.real_start + (k.fed_until - k.virtual_start) / k.scale + interval '1 millisecond')
     and e.id <> all($2::uuid[])
   order by e.due_at, e.id limit $3`,
)

/** How many events of a run wait to be routed, counted up to `most`. */
export const waitingOnClock = statement<[clockId: string, most: number], { n: number }>(
  `select count(*)::int as n from (
     select 1 from outbox o join events v on v.id = o.event_id where v.clock_id = $1::uuid limit $2) waiting`,
)

/**
 * How far the engine is behind a compressed clock, in real seconds: the age of the run's oldest event that waits to be
 * routed, how long ago the clock has passed the first that is not let through, or the lateness of its enrollment that
 * should have moved first, whichever is most. A message that has not moved
 * for half a minute (a paused journey, a server that does not answer) holds no clock up, nor do the enrollments of
 * `except` and the events of their customers.
 */
export async function secondsBehind(db: Queryable, clockId: string, except: string[]): Promise<number> {
  const passedOver = sql`(select value::uuid from jsonb_array_elements_text(${JSON.stringify(except)}::jsonb))`
  const found = await db.execute<{ age: number }>(sql`
    select greatest(
      (select extract(epoch from now() - min(o.enqueued_at)) from outbox o join events v on v.id = o.event_id
        where v.clock_id = k.id and not exists (
          select 1 from enrollments s where s.id in ${passedOver} and s.customer_id = o.customer_id)),
      (select extract(epoch from coalesce(k.paused_at, now()) - k.real_start)
        - extract(epoch from min(f.occurred_at) - k.virtual_start) / k.scale from feed f where f.import_id = k.import_id),
      (select extract(epoch from coalesce(k.paused_at, now()) - min(e.due_at)) from enrollments e
        where e.clock_id = k.id and e.status = 'active' and e.waiting_for in ('timer', 'event')
          and e.due_at <= coalesce(k.paused_at, now())
          and e.id not in ${passedOver}),
      (select extract(epoch from now() - min(e.updated_at)) from enrollments e
        where e.clock_id = k.id and e.status = 'active' and e.waiting_for = 'message'
          and e.updated_at > now() - interval '30 seconds'),
      0)::float8 as age
    from clocks k where k.id = ${clockId}::uuid`)
  return found.rows[0]?.age ?? 0
}

/** Whether a run still lives: events of it wait for the router, or customers are inside journeys by its clock. */
export async function hasTestLife(db: Queryable, importId: string, clockId: string): Promise<boolean> {
  const found = await db.execute<{ alive: boolean }>(sql`
    select exists (select 1 from enrollments where clock_id = ${clockId}::uuid and status = 'active')
      or exists (
        select 1 from outbox o join events e on e.id = o.event_id where e.import_id = ${importId}::uuid
      ) as alive`)
  return found.rows[0]?.alive === true
}
