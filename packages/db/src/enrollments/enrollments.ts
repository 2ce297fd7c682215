import type { EnrollmentState } from '@tropa/journey'
import { clockAsJson, type StoredClock } from '../clocks/clocks.ts'
import { mutexOf } from '../customers/mutex.ts'
import { partitionIn } from '../customers/partition.ts'
import { epochMs, nowMs, statement } from '../statement.ts'

/** A request of a member that the engine has not applied yet. */
export interface OpenRequest {
  id: string
  kind: 'skip' | 'remove' | 'release' | 'merge'
  seq: number
  memberId: string
  messageId: string | null
  decision: 'resend' | 'give_up' | null
}

/** An enrollment as the engine works on it. `now` is the authority clock after all locks were taken. */
export interface StoredEnrollment {
  id: string
  workspaceId: string
  journeyId: string
  versionId: string
  customerId: string
  /** Whose events, attributes and consents count: the customer, or the one they were merged into since. */
  personId: string
  entryKey: string
  entryNode: string
  status: 'active' | 'completed' | 'exited' | 'failed' | 'removed'
  state: EnrollmentState
  salt: string
  headHash: string
  clock: StoredClock | null
  requests: OpenRequest[]
  dueAt: number | null
  started: boolean
  now: number
}

const columns = `e.id, e.workspace_id as "workspaceId", e.journey_id as "journeyId", e.version_id as "versionId",
  e.customer_id as "customerId",
  coalesce((select c.merged_into from customers c where c.id = e.customer_id), e.customer_id) as "personId", e.entry_key as "entryKey", e.entry_node as "entryNode", e.status, e.state,
  e.salt, e.head_hash as "headHash", ${clockAsJson('k')} as clock,
  coalesce((select json_agg(json_build_object('id', r.id, 'kind', r.kind, 'seq', r.seq, 'memberId', r.member_id,
      'messageId', r.message_id, 'decision', r.decision) order by r.created_at)
    from requests r where r.enrollment_id = e.id and r.applied_at is null), '[]') as requests,
  ${epochMs('e.due_at')} as "dueAt", e.started_at is not null as started,
  ${nowMs} as now`

/**
 * Locks an enrollment for one leg: first its customer (the engine's mutex, which the router takes too, so that no event
 * can pass between a look back and the opening of a wait), then its row.
 */
export const lockEnrollment = statement<[enrollmentId: string], StoredEnrollment>(
  `with mutex as materialized (
     select pg_advisory_xact_lock(${mutexOf('coalesce(c.merged_into, e.customer_id)')})
     from enrollments e left join customers c on c.id = e.customer_id where e.id = $1)
   select ${columns} from mutex cross join enrollments e left join clocks k on k.id = e.clock_id
   where e.id = $1 for no key update of e`,
)

/** Locks customers until the end of the transaction, in one order everywhere; answers the clock after that. */
export const lockCustomers = statement<[customerIds: string[]], { locked: number; now: number }>(
  `with keys as materialized (
     select distinct ${mutexOf('id')} as key from unnest($1::uuid[]) as c(id) order by 1)
   select locked, ${nowMs} as now
   from (select count(pg_advisory_xact_lock(key))::int as locked from keys offset 0) l`,
)

/** Locks those of some customers whom nobody else holds at this moment, until the end of the transaction; answers the others. */
export const lockFreeCustomers = statement<[customerIds: string[]], { id: string }>(
  `with keys as materialized (
     select id, ${mutexOf('id')} as key from unnest($1::uuid[]) as c(id) order by key)
   select id from (select id, pg_try_advisory_xact_lock(key) as locked from keys offset 0) l where not locked`,
)

/** Where some customers stand now: enough to see which of their enrollments an event may concern. */
export const activeOfCustomers = statement<
  [customerIds: string[]],
  { id: string; customerId: string; versionId: string; clockId: string | null }
>(
  `select id, customer_id as "customerId", version_id as "versionId", clock_id as "clockId"
   from enrollments where customer_id = any($1::uuid[]) and status = 'active' order by entered_at, id`,
)

/** Takes the place that lets a customer in, by the re-entry rule; answers nothing when it is taken. `mode` is the rule. */
export const takeEntrySlot = statement<
  [
    journeyId: string,
    customerId: string,
    entryKey: string,
    enrollmentId: string,
    enteredAt: string,
    mode: 'never' | 'after_exit' | 'after_days' | 'always',
    days: number,
  ],
  { enrollmentId: string }
>(
  `insert into entry_slots as s (journey_id, customer_id, entry_key, enrollment_id, entered_at)
   values ($1, $2, $3, $4, $5::timestamptz)
   on conflict (journey_id, customer_id, entry_key) do update
     set enrollment_id = excluded.enrollment_id, entered_at = excluded.entered_at, ended_at = null
     where s.ended_at is not null and ($6 in ('after_exit', 'always')
       or ($6 = 'after_days' and s.entered_at + make_interval(days => $7::int) <= excluded.entered_at))
   returning enrollment_id as "enrollmentId"`,
)

/**
 * Marks workflows as started: Temporal has acknowledged them. It waits for nobody, since it asks for many rows at once:
 * answers those that somebody else holds at this moment, which are not marked.
 */
export const markStarted = statement<[enrollmentIds: string[]], { id: string }>(
  `with free as (
     select id from enrollments where id = any($1::uuid[]) and started_at is null for no key update skip locked),
   marked as (update enrollments e set started_at = now() from free where e.id = free.id)
   select id from enrollments where id = any($1::uuid[]) and started_at is null and id not in (select id from free)`,
)

/** An enrollment whose workflow must be started or woken. `forMs` says how long it may sleep first. */
export interface Wanted {
  id: string
  workspaceId: string
  forMs: number
}

const forMs = `greatest(0, coalesce(extract(epoch from due_at - now()) * 1000, 0))::float8 as "forMs"`

/** Active enrollments that should have a workflow and have none, oldest first. */
export const unstarted = statement<[olderThanMs: number, limit: number], Wanted>(
  `select id, workspace_id as "workspaceId", case when place is null then 0 else ${forMs.split(' as ')[0]} end as "forMs"
   from enrollments
   where status = 'active' and started_at is null and updated_at < now() - make_interval(secs => $1 / 1000.0)
   order by entered_at limit $2`,
)

/**
 * Active enrollments that should have moved on by now and have not, most overdue first. A message that may not be
 * tried yet, or is held for a member, is no reason; timers on a compressed clock that lives are its run's to look after.
 */
export const overdue = statement<[byMs: number, limit: number], Wanted>(
  `select id, workspace_id as "workspaceId", 0::float8 as "forMs" from enrollments e
   where status = 'active' and due_at < now() - make_interval(secs => $1 / 1000.0)
     and (waiting_for = 'message' or not exists (
       select 1 from clocks k where k.id = e.clock_id and k.ended_at is null))
     and (waiting_for <> 'message' or not exists (
       select 1 from messages m where m.enrollment_id = e.id and (m.status = 'held'
         or (m.status = 'planned' and m.retry_at > now()))))
   order by due_at limit $2`,
)

/**
 * Sleeping enrollments of customers in some `partitions` whose time has come or comes within `horizonMs`, earliest first; those on compressed clocks that live only with `clocks`.
 */
export const dueSoon = statement<
  [horizonMs: number, partitions: number[], clocks: boolean, limit: number],
  { id: string; workspaceId: string; started: boolean; forMs: number }
>(
  `select id, workspace_id as "workspaceId", started_at is not null as started,
     (extract(epoch from due_at - clock_timestamp()) * 1000)::float8 as "forMs"
   from enrollments e
   where status = 'active' and due_at < now() + make_interval(secs => $1 / 1000.0)
     and waiting_for in ('timer', 'event')
     and ${partitionIn('customer_id')} = any($2::int[])
     and (clock_id is null or $3
       or not exists (select 1 from clocks k where k.id = e.clock_id and k.ended_at is null))
   order by due_at limit $4`,
)

/** Active enrollments with a request of a member that nobody has applied: its wake-up was lost. */
export const askedFor = statement<[olderThanMs: number, limit: number], Wanted>(
  `select distinct e.id, e.workspace_id as "workspaceId", 0::float8 as "forMs"
   from requests r join enrollments e on e.id = r.enrollment_id
   where r.applied_at is null and r.created_at < now() - make_interval(secs => $1 / 1000.0) and e.status = 'active'
   limit $2`,
)

/** Puts off the next look at overdue enrollments that were just woken, by that much; those that are just moving need no other. */
export const putOff = statement<[enrollmentIds: string[], byMs: number]>(
  `with free as (
     select id from enrollments where id = any($1::uuid[]) and status = 'active' and waiting_for = 'message'
     for no key update skip locked)
   update enrollments e set due_at = now() + make_interval(secs => $2 / 1000.0) from free where e.id = free.id`,
)

/** Keeps a new real due instant of an enrollment that did not move. */
export const reschedule = statement<[enrollmentId: string, dueAt: string]>(
  'update enrollments set due_at = $2::timestamptz where id = $1',
)

/** Makes enrollments due at once, so that the sweeper finds them if the wake-up that follows is lost. */
export const makeDue = statement<[enrollmentIds: string[]]>(
  `update enrollments set due_at = now() where id = any($1::uuid[]) and status = 'active'`,
)

/** Marks requests of members as applied. */
export const settleRequests = statement<[requestIds: string[]]>(
  'update requests set applied_at = now() where id = any($1::uuid[])',
)
