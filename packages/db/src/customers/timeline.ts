import { type SQL, sql } from 'drizzle-orm'
import type { Queryable } from '../open.ts'
import type { Page } from '../page.ts'

/** The sorts of things that happen to a customer. */
export type TimelineSort = 'event' | 'message' | 'enrollment' | 'consent' | 'rejection'

/** One thing that happened; `data` is what its sort is about. Things of a test run stand at their virtual instants. */
export interface TimelineRow {
  sort: TimelineSort
  at: string
  data: Record<string, unknown>
  cursorAt: string
  cursorId: string
}

/** A customer and those merged into them: what happened to these happened to them. */
const personIds = (customerId: string) =>
  sql`select id from customers where id = ${customerId} or merged_into = ${customerId}`

/**
 * Whether the event of a refusal moved the customer within the same journey. It came to where they waited for it, so
 * that it let nobody in again is no news.
 */
const movedOn = (customerId: string) => sql`exists (
  select 1 from enrollments e join steps s on s.enrollment_id = e.id
  where e.customer_id in (${personIds(customerId)}) and e.journey_id = r.journey_id
    and r.event_id::text in (s.input #>> '{event,id}', s.input ->> 'eventId'))`

/** What happened at one instant stands in the order of causes: a key begins with its place in it. */
const sources: Record<TimelineSort, (workspaceId: string, customerId: string) => SQL> = {
  event: (w, c) => sql`
    select 'event' as sort, occurred_at as at, '1' || lpad(id::text, 20, '0') as key,
      jsonb_build_object('id', id::text, 'name', name, 'properties', properties, 'source', source,
        'receivedAt', received_at, 'test', clock_id is not null) as data
    from events where workspace_id = ${w} and customer_id in (${personIds(c)})`,
  message: (w, c) => sql`
    select 'message', case when m.clock_id is null then coalesce(m.finished_at, m.planned_at)
        else coalesce(s.left_at, to_timestamp((e.state #>> '{pending,enteredAt}')::float8 / 1000), e.entered_at) end,
      '4' || m.id,
      jsonb_build_object('id', m.id, 'messageId', m.id, 'channel', m.channel, 'subject', m.subject,
        'status', m.status, 'reason', m.reason, 'enrollmentId', m.enrollment_id, 'journeyId', m.journey_id,
        'node', m.node, 'seq', m.seq, 'test', m.clock_id is not null,
        'template', (select t.name from templates t where t.workspace_id = m.workspace_id and t.id = m.template_id))
    from messages m join enrollments e on e.id = m.enrollment_id
      left join steps s on s.enrollment_id = m.enrollment_id and s.seq = m.seq
    where m.workspace_id = ${w} and m.customer_id in (${personIds(c)})`,
  enrollment: (w, c) => sql`
    select 'enrollment', x.at, x.place || x.what || e.id,
      jsonb_build_object('id', e.id || ':' || x.what, 'enrollmentId', e.id, 'journeyId', e.journey_id,
        'journeyName', j.name, 'what', x.what, 'reason', case when x.what = 'ended' then e.end_reason end,
        'test', e.clock_id is not null)
    from enrollments e join journeys j on j.id = e.journey_id
      cross join lateral (values ('2', 'entered', e.entered_at), ('5', 'ended', e.ended_at)) as x(place, what, at)
    where e.workspace_id = ${w} and e.customer_id in (${personIds(c)}) and x.at is not null
    union all
    select 'enrollment', s.left_at, '3' || e.id || lpad(s.seq::text, 10, '0'),
      jsonb_build_object('id', e.id || ':' || s.seq, 'enrollmentId', e.id, 'journeyId', e.journey_id,
        'journeyName', j.name, 'what', 'moved', 'event', s.input #>> '{event,name}', 'seq', s.seq,
        'test', e.clock_id is not null)
    from enrollments e join journeys j on j.id = e.journey_id join steps s on s.enrollment_id = e.id
    where e.workspace_id = ${w} and e.customer_id in (${personIds(c)}) and s.input ->> 'type' = 'event'`,
  consent: (w, c) => sql`
    select 'consent', at, '0' || id,
      jsonb_build_object('id', id, 'channel', channel, 'topic', topic, 'state', state, 'source', source)
    from consent_changes where workspace_id = ${w} and customer_id in (${personIds(c)})`,
  rejection: (w, c) => sql`
    select 'rejection', case when v.clock_id is null then r.at else v.occurred_at end, '2rejection' || r.id,
      jsonb_build_object('id', r.id, 'journeyId', r.journey_id, 'journeyName', j.name, 'reason', r.reason,
        'trace', r.trace, 'event', v.name, 'test', v.clock_id is not null)
    from rejections r left join journeys j on j.id = r.journey_id left join events v on v.id = r.event_id
    where r.workspace_id = ${w} and r.customer_id in (${personIds(c)})
      and not (r.reason = 'reentry_not_allowed' and ${movedOn(c)})`,
}

/** Everything that happened to a customer, newest first, or only things of one sort. */
export async function readTimeline(
  db: Queryable,
  workspaceId: string,
  customerId: string,
  only: TimelineSort | null,
  { after, limit }: Page,
): Promise<TimelineRow[]> {
  const older = after ? sql`where (at, key) < (${after.at}::timestamptz, ${after.id})` : sql``
  const wanted = only ? [only] : (Object.keys(sources) as TimelineSort[])
  const parts = wanted.map(
    (
      sort,
    ) => sql`(select * from (${sources[sort](workspaceId, customerId)}) as ${sql.identifier(sort)}(sort, at, key, data)
      ${older} order by at desc, key desc limit ${limit + 1})`,
  )
  const found = await db.execute<{
    sort: TimelineSort
    at: string
    key: string
    data: Record<string, unknown>
  }>(
    sql`select sort, at::text as at, key, data from (${sql.join(parts, sql` union all `)}) as everything
      order by everything.at desc, key desc limit ${limit + 1}`,
  )
  return found.rows.map(({ sort, at, key, data }) => ({ sort, at, data, cursorAt: at, cursorId: key }))
}
