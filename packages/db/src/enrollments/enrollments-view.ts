import { type SQL, sql } from 'drizzle-orm'
import type { Queryable } from '../open.ts'
import { olderThan, type Page } from '../page.ts'
import { countDeltas, enrollments, nodeCounts, versions } from '../tables.ts'

/** One version of a journey, or all of them when `versionId` is null. */
export interface CountScope {
  workspaceId: string
  journeyId: string
  versionId: string | null
}

/**
 * The numbers of every node, in one statement and so of one moment: the folded ones, the changes not yet folded, and
 * who stands where now (`:waiting`).
 */
export async function readCounts(
  db: Queryable,
  scope: CountScope,
): Promise<{ node: string; output: string; n: number }[]> {
  const found = await db.execute<{ node: string; output: string; n: number }>(sql`
    with wanted as (
      select ${versions.id} as id from ${versions}
      where ${versions.workspaceId} = ${scope.workspaceId} and ${versions.journeyId} = ${scope.journeyId}
        ${scope.versionId ? sql`and ${versions.id} = ${scope.versionId}` : sql``}
    )
    select node, output, sum(n)::int as n from (
      select ${nodeCounts.node}, ${nodeCounts.output}, ${nodeCounts.n}
      from ${nodeCounts} where ${nodeCounts.versionId} in (select id from wanted)
      union all
      select ${countDeltas.node}, ${countDeltas.output}, ${countDeltas.n}
      from ${countDeltas} where ${countDeltas.versionId} in (select id from wanted)
      union all
      select ${enrollments.place}, ':waiting', 1
      from ${enrollments} where ${enrollments.versionId} in (select id from wanted)
        and ${enrollments.status} = 'active' and ${enrollments.place} is not null
    ) as numbers
    group by node, output`)
  return found.rows
}

/**
 * The status as members see it: an exit drawn on the path is as good an end as the path's own. Left early is who was
 * taken out by an exit rule or a merge. `of` is the table's name in the statement.
 */
const shownStatus = (of: string) => {
  const table = sql.identifier(of)
  return sql`case when ${table}.status = 'exited' and ${table}.end_reason = 'exit_node' then 'completed'
    else ${table}.status end`
}

/** The stored statuses among which those shown as one are. */
function withStatus(status: string): SQL {
  const stored = status === 'completed' ? sql`in ('completed', 'exited')` : sql`= ${status}`
  return sql`e.status ${stored} and ${shownStatus('e')} = ${status}`
}

/** How many enrollments there are in each state. */
export async function readTotals(db: Queryable, scope: CountScope) {
  const ofVersion: SQL = scope.versionId ? sql`and ${enrollments.versionId} = ${scope.versionId}` : sql``
  const found = await db.execute<{ status: string; n: number }>(sql`
    select ${shownStatus('enrollments')} as status, count(*)::int as n from ${enrollments}
    where ${enrollments.workspaceId} = ${scope.workspaceId} and ${enrollments.journeyId} = ${scope.journeyId}
      ${ofVersion}
    group by 1`)
  const totals = { entered: 0, active: 0, completed: 0, exited: 0, failed: 0, removed: 0 }
  for (const { status, n } of found.rows) {
    totals.entered += n
    if (status in totals) totals[status as keyof typeof totals] += n
  }
  return totals
}

/** What enrollments are looked for by. */
export interface EnrollmentFilter {
  customer?: string | undefined
  journey?: string | undefined
  /** The version's number. */
  version?: number | undefined
  /** The node where the token stands; with `was`, one on its way. */
  node?: string | undefined
  /** What it did at `node`: came there, moved on from there, failed there. */
  was?: 'entered' | 'left' | 'failed' | undefined
  /** With `was: 'left'`: the outputs by which it left. */
  output?: string[] | undefined
  status?: string | undefined
  /** Only those that have ended, however; the list is then ordered by their ends, each of the clock it lived by. */
  ended?: boolean | undefined
  reason?: string | undefined
}

/** An enrollment as lists show it. */
export interface EnrollmentRow {
  id: string
  journeyId: string
  journeyName: string
  version: number
  customerId: string
  attributes: Record<string, unknown> | null
  identifiers: { type: string; value: string }[]
  status: 'active' | 'completed' | 'exited' | 'failed' | 'removed'
  endReason: string | null
  endLabel: string | null
  place: string | null
  /** The node where the token stands, with the name of the template it sends; once it has ended, the one where it stood last. */
  placeNode: { name: string; kind: string; template: string | null } | null
  waitingFor: 'timer' | 'event' | 'message' | 'call' | 'start' | null
  /** The real instant of the next wake-up. */
  dueAt: string | null
  /** The instant its wait ends on the clock it lives by, in epoch milliseconds; null while it waits for no time. */
  waitsUntil: number | null
  enteredAt: string
  endedAt: string | null
  clockId: string | null
  cursorAt: string
  cursorId: string
}

/** The columns of a row; `at` is the instant its list is ordered by. */
const rowAt = (at: SQL) => sql`
  e.id, e.journey_id as "journeyId", j.name as "journeyName", v.number as version, e.customer_id as "customerId",
  c.attributes, coalesce((select json_agg(json_build_object('type', i.type, 'value', i.value)
    order by i.created_at, i.value) from identifiers i where i.customer_id = c.id), '[]') as identifiers,
  ${shownStatus('e')} as status, e.end_reason as "endReason", e.end_label as "endLabel", e.place,
  (select jsonb_build_object('name', n ->> 'name', 'kind', n ->> 'kind', 'template',
      (select t.name from templates t where t.workspace_id = e.workspace_id and t.id::text = n #>> '{config,template}'))
    from jsonb_array_elements(v.graph -> 'nodes') n where n ->> 'id' = coalesce(e.place,
      (select s.node from steps s where s.enrollment_id = e.id order by s.seq desc limit 1)) limit 1) as "placeNode",
  e.waiting_for as "waitingFor", e.due_at::text as "dueAt",
  case when e.waiting_for in ('timer', 'event') then (e.state #>> '{pending,command,until}')::float8 end as "waitsUntil", e.entered_at::text as "enteredAt",
  e.ended_at::text as "endedAt", e.clock_id as "clockId", ${at}::text as "cursorAt", e.id::text as "cursorId"`

/** What a row is made of, beside its enrollment `e`. */
const around = sql`
  join journeys j on j.id = e.journey_id join versions v on v.id = e.version_id
  left join customers o on o.id = e.customer_id
  left join customers c on c.id = coalesce(o.merged_into, o.id)`

const stepStates = { entered: null, left: sql`in ('done', 'ended')`, failed: sql`= 'failed'` }

/** Finds enrollments by a node: those that stand there now, or those that have been there. */
function atNode({ node, was, output }: EnrollmentFilter): SQL | undefined {
  if (!node) return undefined
  if (!was) return sql`e.place = ${node}`
  const state = stepStates[was]
  const by = output?.length
    ? sql`and s.output in (${sql.join(
        output.map((one) => sql`${one}`),
        sql`, `,
      )})`
    : sql``
  const step = sql`exists (select 1 from steps s where s.enrollment_id = e.id and s.node = ${node}
    ${state ? sql`and s.status ${state}` : sql``} ${by})`
  return was === 'entered' ? sql`(e.place = ${node} or ${step})` : step
}

/** Enrollments of a workspace, the last to enter first; with `ended`, the last to end. */
export async function listEnrollments(
  db: Queryable,
  workspaceId: string,
  filter: EnrollmentFilter,
  { after, limit }: Page,
): Promise<EnrollmentRow[]> {
  const { customer, journey, version, status, ended, reason } = filter
  const at = ended ? sql`e.ended_at` : sql`e.entered_at`
  const conditions = [
    sql`e.workspace_id = ${workspaceId}`,
    customer &&
      sql`e.customer_id in (select id from customers where id = ${customer} or merged_into = ${customer})`,
    journey && sql`e.journey_id = ${journey}`,
    version !== undefined &&
      sql`e.version_id in (select id from versions where workspace_id = ${workspaceId} and number = ${version})`,
    atNode(filter),
    status && withStatus(status),
    ended && sql`e.status <> 'active'`,
    reason && sql`e.end_reason = ${reason}`,
    olderThan(at, sql`e.id`, after),
  ].filter((one): one is SQL => Boolean(one))
  const newest = sql`order by ${at} desc, e.id::text desc`
  const found = await db.execute<EnrollmentRow & Record<string, unknown>>(sql`
    select ${rowAt(at)} from (
      select e.* from enrollments e where ${sql.join(conditions, sql` and `)} ${newest} limit ${limit + 1}
    ) e ${around} ${newest}`)
  return found.rows
}

/** One enrollment as lists show it, or null. */
export async function findEnrollmentRow(
  db: Queryable,
  workspaceId: string,
  id: string,
): Promise<EnrollmentRow | null> {
  const found = await db.execute<EnrollmentRow & Record<string, unknown>>(sql`
    select ${rowAt(sql`e.entered_at`)} from enrollments e ${around} where e.workspace_id = ${workspaceId} and e.id = ${id}`)
  return found.rows[0] ?? null
}
