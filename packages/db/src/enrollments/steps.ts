import type { EnrollmentState, Step } from '@tropa/journey'
import { isoOf, type Runner, statement } from '../statement.ts'

/** A change of a number on the canvas. */
export interface CountDelta {
  node: string
  output: string
  n: number
}

/** An ear to be opened, or opened and matched at once. Instants are epoch milliseconds. */
export interface NewWait {
  seq: number
  alternative: number
  event: string
  since: number
  until: number
  status: 'open' | 'matched' | 'timed_out' | 'cancelled'
  matchedEventId: number | null
  match: unknown
}

/** An open ear that closes: with the event that matched it, or without one. No alternative means all of the visit. */
export interface ClosedWait {
  seq: number
  alternative: number | null
  status: 'matched' | 'timed_out' | 'cancelled'
  matchedEventId: number | null
  match: unknown
}

export interface NewMessage {
  id: string
  node: string
  visit: number
  seq: number
  channel: string
  templateId: string | null
  connectionId: string | null
}

/** What an enrollment is after a leg. Instants are epoch milliseconds. */
export interface LegResult {
  status: 'active' | 'completed' | 'exited' | 'failed' | 'removed'
  endReason: string | null
  endLabel: string | null
  state: EnrollmentState
  place: string | null
  waitingFor: 'timer' | 'event' | 'message' | 'call' | 'start' | null
  /** Real time. */
  dueAt: number | null
  headHash: string
  endedAt: number | null
}

/** Everything one transaction of the engine writes about an enrollment. */
export interface Leg {
  enrollmentId: string
  workspaceId: string
  journeyId: string
  versionId: string
  customerId: string
  personId: string
  clockId: string | null
  steps: (Step & { hash: string })[]
  counts: CountDelta[]
  opened: NewWait[]
  closed: ClosedWait[]
  messages: NewMessage[]
  requests: string[]
  result: LegResult
}

/** How a new enrollment began. */
export interface Beginning {
  entryKey: string
  entryNode: string
  entryEventId: number
  salt: string
  enteredAt: number
}

const written = `with written_steps as (
    insert into steps (enrollment_id, seq, workspace_id, version_id, node, kind, visit, entered_at, left_at,
      output, status, reason, reads, decision, input, hash)
    select $1::uuid, seq, $2, $4::uuid, node, kind, visit, entered_at, left_at,
      output, status, reason, reads, decision, input, hash
    from jsonb_to_recordset($7::jsonb) as s(seq int, node text, kind text, visit int, entered_at timestamptz,
      left_at timestamptz, output text, status text, reason text, reads jsonb, decision jsonb, input jsonb, hash text)
  ), written_counts as (
    insert into count_deltas (version_id, node, output, n)
    select $4::uuid, node, output, n from jsonb_to_recordset($8::jsonb) as c(node text, output text, n int)
  ), opened_waits as (
    insert into waits (enrollment_id, seq, alternative, workspace_id, customer_id, event, since, until, status,
      matched_event_id, match, settled_at, clock_id)
    select $1::uuid, seq, alternative, $2, $22::uuid, event, since, until, status, "matchedEventId", match,
      case when status = 'open' then null else now() end, $6::uuid
    from jsonb_to_recordset($9::jsonb) as w(seq int, alternative int, event text, since timestamptz,
      until timestamptz, status text, "matchedEventId" bigint, match jsonb)
  ), closed_waits as (
    update waits w set status = c.status, matched_event_id = c."matchedEventId", match = c.match, settled_at = now()
    from jsonb_to_recordset($10::jsonb) as c(seq int, alternative int, status text, "matchedEventId" bigint, match jsonb)
    where w.enrollment_id = $1::uuid and w.seq = c.seq and w.status = 'open'
      and (c.alternative is null or c.alternative = w.alternative)
  ), planned_messages as (
    insert into messages (id, workspace_id, enrollment_id, journey_id, version_id, customer_id, node, visit, seq,
      channel, template_id, connection_id, clock_id)
    select id, $2, $1::uuid, $3::uuid, $4::uuid, $5::uuid, node, visit, seq, channel, "templateId",
      "connectionId", $6::uuid
    from jsonb_to_recordset($11::jsonb) as m(id uuid, node text, visit int, seq int, channel text,
      "templateId" uuid, "connectionId" uuid)
    on conflict on constraint message_step_key do nothing
  ), freed_slot as (
    update entry_slots set ended_at = $20::timestamptz
    where $20::timestamptz is not null and journey_id = $3::uuid and enrollment_id = $1::uuid
      and customer_id = any(array[$5::uuid, (select c.merged_into from customers c where c.id = $5::uuid)])
  ), applied_requests as (
    update requests set applied_at = now() where id = any($21::uuid[])
  )`

const values = (leg: Leg) =>
  [
    leg.enrollmentId,
    leg.workspaceId,
    leg.journeyId,
    leg.versionId,
    leg.customerId,
    leg.clockId,
    JSON.stringify(leg.steps.map(storedStep)),
    JSON.stringify(leg.counts),
    JSON.stringify(leg.opened.map((w) => ({ ...w, since: isoOf(w.since), until: isoOf(w.until) }))),
    JSON.stringify(leg.closed),
    JSON.stringify(leg.messages),
    leg.result.status,
    leg.result.endReason,
    leg.result.endLabel,
    JSON.stringify(leg.result.state),
    leg.result.place,
    leg.result.waitingFor,
    isoOf(leg.result.dueAt),
    leg.result.headHash,
    isoOf(leg.result.endedAt),
    leg.requests,
    leg.personId,
  ] as const

type LegValues = [...ReturnType<typeof values>]

const storedStep = ({ enteredAt, leftAt, ...step }: Step & { hash: string }) => ({
  ...step,
  entered_at: isoOf(enteredAt),
  left_at: isoOf(leftAt),
})

const updateWithLeg = statement<LegValues>(
  `${written}
   update enrollments set status = $12, end_reason = $13, end_label = $14, state = $15::jsonb, place = $16,
     waiting_for = $17, due_at = $18::timestamptz, head_hash = $19, ended_at = $20::timestamptz, updated_at = now()
   where id = $1::uuid`,
)

const insertWithLeg = statement<[...LegValues, string, string, number, string, string | null]>(
  `${written}
   insert into enrollments (id, workspace_id, journey_id, version_id, customer_id, clock_id, status, end_reason,
     end_label, state, place, waiting_for, due_at, head_hash, ended_at, entry_key, entry_node, entry_event_id, salt,
     entered_at)
   values ($1::uuid, $2, $3::uuid, $4::uuid, $5::uuid, $6::uuid, $12, $13, $14, $15::jsonb, $16, $17,
     $18::timestamptz, $19, $20::timestamptz, $23, $24, $25, $26, $27::timestamptz)`,
)

/** Writes a leg of a known enrollment. */
export async function saveLeg(runner: Runner, leg: Leg): Promise<void> {
  await updateWithLeg(runner, ...values(leg))
}

/** Writes a new enrollment together with its first leg. */
export async function saveNewEnrollment(runner: Runner, leg: Leg, beginning: Beginning): Promise<void> {
  const { entryKey, entryNode, entryEventId, salt, enteredAt } = beginning
  await insertWithLeg(runner, ...values(leg), entryKey, entryNode, entryEventId, salt, isoOf(enteredAt))
}

/** The finished visits of an enrollment, in order, as the core recorded them. */
export const stepsOf = statement<[enrollmentId: string], Step & { hash: string }>(
  `select seq, node, kind, visit, floor(extract(epoch from entered_at) * 1000)::float8 as "enteredAt",
     floor(extract(epoch from left_at) * 1000)::float8 as "leftAt", output, status, reads, decision, input, reason, hash
   from steps where enrollment_id = $1 order by seq`,
)
