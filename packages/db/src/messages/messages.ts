import type { EnrollmentState } from '@tropa/journey'
import { clockAsJson, type StoredClock } from '../clocks/clocks.ts'
import { mutexOf } from '../customers/mutex.ts'
import { epochMs, nowMs, statement } from '../statement.ts'
import { marking } from './mark-connection.ts'

export type MessageStatus =
  | 'planned'
  | 'attempting'
  | 'accepted'
  | 'rejected'
  | 'not_sent'
  | 'unknown'
  | 'held'

export type AttemptOutcome = 'accepted' | 'rejected' | 'not_sent' | 'throttled' | 'ambiguous'

/** The message a visit planned. */
export const messageOfVisit = statement<
  [enrollmentId: string, node: string, visit: number],
  { id: string; status: MessageStatus; reason: string | null }
>('select id, status, reason from messages where enrollment_id = $1 and node = $2 and visit = $3')

/** What a member decided about a held message: out again (`planned`) or given up (`rejected`). */
export const releaseMessage = statement<[messageId: string, status: 'planned' | 'rejected']>(
  `update messages set status = $2, retry_at = null,
     finished_at = case when $2 = 'rejected' then now() else null end where id = $1 and status = 'held'`,
)

/** Everything the gate looks at, read in one go. Instants are epoch milliseconds. */
export interface MessageFacts {
  id: string
  workspaceId: string
  workspaceName: string | null
  enrollmentId: string
  journeyId: string
  versionId: string
  customerId: string
  /** The customer, or the one they were merged into since; `null` when deleted. */
  personId: string | null
  node: string
  visit: number
  status: MessageStatus
  plannedAt: number
  retryAt: number | null
  now: number
  enrollmentStatus: string
  entryKey: string
  entryNode: string
  state: EnrollmentState
  clock: StoredClock | null
  journeyStatus: 'draft' | 'live' | 'paused' | 'archived'
  attributes: Record<string, unknown> | null
  /** The newest address. */
  email: string | null
  /** There is no address, because the one among the attributes belongs to another customer. */
  emailIsOfAnother: boolean
  externalId: string | null
  consents: { topic: string; state: 'granted' | 'revoked' }[]
  suppressed: string | null
  template: { id: string; compiled: unknown; archived: boolean } | null
  connection: GateConnection | null
  lastAttempt: { number: number; leaseUntil: number; outcome: AttemptOutcome | null } | null
}

/** A connection as delivery needs it; `secrets` is sealed. */
export interface GateConnection {
  id: string
  connector: string
  config: Record<string, unknown>
  secrets: string | null
  isMailbox: boolean
  disabled: boolean
  brokenSince: number | null
}

const facts = `select m.id, m.workspace_id as "workspaceId", o.name as "workspaceName",
    m.enrollment_id as "enrollmentId", m.journey_id as "journeyId", m.version_id as "versionId",
    m.customer_id as "customerId", m.node, m.visit, m.status,
    ${epochMs('m.planned_at')} as "plannedAt", ${epochMs('m.retry_at')} as "retryAt", ${nowMs} as now,
    e.status as "enrollmentStatus", e.entry_key as "entryKey", e.entry_node as "entryNode", e.state,
    ${clockAsJson('k')} as clock, j.status as "journeyStatus",
    c.id as "personId", c.attributes, a.email, x.external_id as "externalId",
    a.email is null and exists (select 1 from identifiers i where i.workspace_id = m.workspace_id and i.type = 'email'
      and i.value = lower(btrim(c.attributes->>'email')) and i.customer_id is distinct from c.id) as "emailIsOfAnother",
    coalesce((select json_agg(json_build_object('topic', topic, 'state', state)) from consents
      where customer_id = c.id and channel = m.channel), '[]') as consents,
    (select reason from suppressions s where s.workspace_id = m.workspace_id and s.channel = m.channel
      and s.address = lower(a.email)) as suppressed,
    case when t.id is null then null else json_build_object('id', t.id, 'compiled', t.compiled,
      'archived', t.archived_at is not null) end as template,
    case when n.id is null then null else json_build_object('id', n.id, 'connector', n.connector,
      'config', n.config, 'secrets', n.secrets, 'isMailbox', n.is_mailbox, 'disabled', n.disabled_at is not null,
      'brokenSince', ${epochMs('n.broken_since')}) end as connection,
    case when l.number is null then null else json_build_object('number', l.number,
      'leaseUntil', ${epochMs('l.lease_until')}, 'outcome', l.outcome) end as "lastAttempt"
  from messages m
  join enrollments e on e.id = m.enrollment_id
  join journeys j on j.id = m.journey_id
  left join organization o on o.id = m.workspace_id
  left join customers o1 on o1.id = m.customer_id
  left join customers c on c.id = coalesce(o1.merged_into, o1.id)
  left join clocks k on k.id = m.clock_id
  left join lateral (select value as email from identifiers
    where customer_id = c.id and type = 'email'
    order by value is not distinct from lower(btrim(c.attributes->>'email')) desc, created_at desc, value
    limit 1) a on true
  left join lateral (select value as external_id from identifiers
    where customer_id = c.id and type = 'external_id' order by created_at, value limit 1) x on true
  left join templates t on t.id = m.template_id and t.workspace_id = m.workspace_id
  left join lateral (select * from connections n where n.workspace_id = m.workspace_id and n.channel = m.channel
    and case when m.clock_id is not null then n.is_mailbox
      when m.connection_id is not null then n.id = m.connection_id else n.is_default end
    order by n.created_at limit 1) n on true
  left join lateral (select number, lease_until, outcome from attempts
    where message_id = m.id order by number desc limit 1) l on true
  where m.id = $1`

/** The facts of a message, to prepare a delivery. */
export const messageFacts = statement<[messageId: string], MessageFacts>(facts)

/**
 * Locks what must not change under the gate: the enrollment, the message, and the consents that let it through.
 * Read the facts after this, in the same transaction.
 */
export const lockForGate = statement<[messageId: string], { id: string }>(
  `with mutex as materialized (
     select pg_advisory_xact_lock(${mutexOf('p.id')}), p.id as customer_id, enrollment_id, channel
     from messages left join customers c on c.id = customer_id
     cross join lateral (select coalesce(c.merged_into, customer_id) as id) p where messages.id = $1),
   allowed as materialized (
     select c.customer_id from consents c join mutex m on m.customer_id = c.customer_id and m.channel = c.channel
     for share of c)
   select m.id from mutex x join enrollments e on e.id = x.enrollment_id join messages m on m.id = $1
   where (select count(*) from allowed) >= 0
   for no key update of e, m`,
)

/** Commits that a call to the provider begins: the ledger's line before the call. */
export const startAttempt = statement<
  [messageId: string, number: number, workspaceId: string, leaseMs: number, gate: string, rendered: string]
>(
  `with attempt as (
     insert into attempts (message_id, number, workspace_id, lease_until)
     values ($1, $2, $3, clock_timestamp() + make_interval(secs => $4 / 1000.0)))
   update messages set status = 'attempting', gate = $5::jsonb, retry_at = null, reason = null,
     address = r.address, subject = r.subject, html = r.html, body = r.text, connection_id = r."connectionId"
   from jsonb_to_record($6::jsonb) as r(address text, subject text, html text, text text, "connectionId" uuid)
   where id = $1`,
)

/** Ends an attempt and says what the message is now; does nothing when another process has settled it meanwhile. */
export const settleAttempt = statement<
  [
    messageId: string,
    number: number,
    outcome: AttemptOutcome,
    reason: string | null,
    code: string | null,
    detail: string | null,
    status: MessageStatus,
    messageReason: string | null,
    providerId: string | null,
    retryInMs: number | null,
    finished: boolean,
  ],
  { id: string }
>(
  `with settled as (
     update attempts set outcome = $3, reason = $4, code = $5, detail = $6::jsonb, finished_at = clock_timestamp()
     where message_id = $1 and number = $2 and outcome is null returning message_id)
   update messages set status = $7, reason = $8, provider_id = coalesce($9, provider_id),
     retry_at = clock_timestamp() + make_interval(secs => $10 / 1000.0),
     finished_at = case when $11 then clock_timestamp() else null end
   from settled where id = settled.message_id and status = 'attempting' returning id`,
)

/** The gate's refusal: the message ends without an attempt. */
export const refuseMessage = statement<
  [messageId: string, status: MessageStatus, reason: string, gate: string]
>(
  `update messages set status = $2, reason = $3, gate = $4::jsonb, finished_at = clock_timestamp() where id = $1`,
)

/** The gate's delay: the message stays planned until later. */
export const delayMessage = statement<[messageId: string, reason: string, gate: string, retryInMs: number]>(
  `update messages set reason = $2, gate = $3::jsonb,
     retry_at = clock_timestamp() + make_interval(secs => $4 / 1000.0) where id = $1`,
)

/** Remembers an address nothing may be sent to any more. */
export const suppressAddress = statement<
  [workspaceId: string, channel: string, address: string, reason: string]
>(
  `insert into suppressions (workspace_id, channel, address, reason) values ($1, $2, lower($3), $4)
   on conflict do nothing`,
)

/** Marks a connection as an attempt has found it: as broken, with the reason in words, or (null) as working again. */
export const markByAttempt = statement<[connectionId: string, reason: string | null]>(
  `with told as (select $1::uuid as id, $2::jsonb as reason), ${marking}`,
)

/** Attempts whose lease ran out without an outcome: their process died or hangs. */
export const expiredAttempts = statement<[limit: number], { messageId: string }>(
  `select message_id as "messageId" from attempts where outcome is null and lease_until < now()
   order by lease_until limit $1`,
)
