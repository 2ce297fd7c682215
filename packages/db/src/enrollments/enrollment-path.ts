import type { EnrollmentState, Graph, Input, Plan, Text } from '@tropa/journey'
import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import type { Queryable } from '../open.ts'
import {
  attempts,
  clocks,
  connections,
  enrollments,
  events,
  imports,
  messages,
  requests,
  steps,
  templates,
  user,
  versions,
} from '../tables.ts'
import { type EnrollmentRow, findEnrollmentRow } from './enrollments-view.ts'

/** One rung of the gate as it was kept with the message. */
export interface GateRung {
  rung: string
  code: string
  ok: boolean
  detail: Text
}

/** The fast clock of a test enrollment: how it stands, and the virtual instant it shows in epoch milliseconds. */
export interface KeptClock {
  importId: string
  scale: number
  virtualNow: number
  /** `behind`: it stands still until the engine has caught up; `paused`: a member paused the run. */
  state: 'running' | 'behind' | 'paused' | 'ended'
}

/** A clock as it stands, as JSON; null where there is none. */
export const clockNow = sql`case when ${clocks.id} is null then null else json_build_object(
  'importId', ${clocks.importId}, 'scale', ${clocks.scale},
  'virtualNow', extract(epoch from ${clocks.virtualStart}
    + (coalesce(${clocks.pausedAt}, ${clocks.endedAt}, now()) - ${clocks.realStart}) * ${clocks.scale})::float8 * 1000,
  'state', case when ${clocks.endedAt} is not null then 'ended' when ${clocks.pausedAt} is null then 'running'
    when (select i.status from ${imports} i where i.id = ${clocks.importId}) = 'paused' then 'paused'
    else 'behind' end) end`

/** Everything kept about one enrollment at one moment, with the version it went through. */
export function readEnrollment(db: Queryable, workspaceId: string, id: string) {
  return db.transaction((tx) => readAtOnce(tx, workspaceId, id), {
    isolationLevel: 'repeatable read',
    accessMode: 'read only',
  })
}

async function readAtOnce(db: Queryable, workspaceId: string, id: string) {
  const row = await findEnrollmentRow(db, workspaceId, id)
  if (!row) return null
  const [kept] = await db
    .select({
      versionId: enrollments.versionId,
      entryKey: enrollments.entryKey,
      state: enrollments.state,
      salt: enrollments.salt,
      headHash: enrollments.headHash,
      graph: versions.graph,
      plan: versions.plan,
      clock: sql<KeptClock | null>`${clockNow}`,
    })
    .from(enrollments)
    .innerJoin(versions, eq(versions.id, enrollments.versionId))
    .leftJoin(clocks, eq(clocks.id, enrollments.clockId))
    .where(and(eq(enrollments.workspaceId, workspaceId), eq(enrollments.id, id)))
  if (!kept) return null
  const taken = await db.select().from(steps).where(eq(steps.enrollmentId, id)).orderBy(asc(steps.seq))
  return {
    row,
    ...kept,
    templates: await namesOfTemplates(db, workspaceId, kept.graph),
    steps: taken,
    leftBy: await eventThatEnded(db, workspaceId, taken.at(-1)?.input),
    messages: await messagesOf(db, id),
    attempts: await attemptsOf(db, id),
    requests: await requestsOf(db, id),
  }
}

/** What `readEnrollment` finds. */
export type KeptEnrollment = {
  row: EnrollmentRow
  versionId: string
  entryKey: string
  state: EnrollmentState
  salt: string
  headHash: string
  graph: Graph
  plan: Plan
  clock: KeptClock | null
  /** The names of the templates its blocks send. */
  templates: { id: string; name: string }[]
  steps: (typeof steps.$inferSelect)[]
  /** The event by which an exit rule took the customer out; null when there was none, or it is gone. */
  leftBy: { name: string; occurredAt: Date } | null
  messages: Awaited<ReturnType<typeof messagesOf>>
  attempts: Awaited<ReturnType<typeof attemptsOf>>
  requests: Awaited<ReturnType<typeof requestsOf>>
}

async function namesOfTemplates(db: Queryable, workspaceId: string, { nodes }: Graph) {
  const ids = nodes.map(({ config }) => config.template).filter((id) => typeof id === 'string')
  if (ids.length === 0) return []
  return db
    .select({ id: templates.id, name: templates.name })
    .from(templates)
    .where(and(eq(templates.workspaceId, workspaceId), inArray(sql`${templates.id}::text`, ids)))
}

async function eventThatEnded(db: Queryable, workspaceId: string, input: Input | null | undefined) {
  if (input?.type !== 'leave' || !input.eventId) return null
  const [found] = await db
    .select({ name: events.name, occurredAt: events.occurredAt })
    .from(events)
    .where(and(eq(events.workspaceId, workspaceId), eq(events.id, Number(input.eventId))))
  return found ?? null
}

async function messagesOf(db: Queryable, enrollmentId: string) {
  return db
    .select({
      id: messages.id,
      seq: messages.seq,
      status: messages.status,
      reason: messages.reason,
      gate: sql<GateRung[] | null>`${messages.gate}`,
      address: messages.address,
      subject: messages.subject,
      html: messages.html,
      text: messages.body,
      retryAt: messages.retryAt,
      connection: connections.name,
    })
    .from(messages)
    .leftJoin(connections, eq(connections.id, messages.connectionId))
    .where(eq(messages.enrollmentId, enrollmentId))
}

async function attemptsOf(db: Queryable, enrollmentId: string) {
  return db
    .select({
      messageId: attempts.messageId,
      number: attempts.number,
      startedAt: attempts.startedAt,
      finishedAt: attempts.finishedAt,
      outcome: attempts.outcome,
      code: attempts.code,
      detail: attempts.detail,
    })
    .from(attempts)
    .innerJoin(messages, eq(messages.id, attempts.messageId))
    .where(eq(messages.enrollmentId, enrollmentId))
    .orderBy(asc(attempts.messageId), asc(attempts.number))
}

async function requestsOf(db: Queryable, enrollmentId: string) {
  return db
    .select({
      id: requests.id,
      kind: requests.kind,
      seq: requests.seq,
      reason: requests.reason,
      memberId: requests.memberId,
      memberName: user.name,
      appliedAt: requests.appliedAt,
    })
    .from(requests)
    .leftJoin(user, eq(user.id, requests.memberId))
    .where(eq(requests.enrollmentId, enrollmentId))
    .orderBy(asc(requests.createdAt))
}

/** Where an enrollment stands, as far as a member's request needs to know. */
export async function findPlace(db: Queryable, workspaceId: string, id: string) {
  const [found] = await db
    .select({ status: enrollments.status, state: enrollments.state })
    .from(enrollments)
    .where(and(eq(enrollments.workspaceId, workspaceId), eq(enrollments.id, id)))
  return found ?? null
}

/** A message's state and its visit, as far as a decision about it needs to know. */
export async function findMessage(db: Queryable, workspaceId: string, id: string) {
  const [found] = await db
    .select({ enrollmentId: messages.enrollmentId, status: messages.status, seq: messages.seq })
    .from(messages)
    .where(and(eq(messages.workspaceId, workspaceId), eq(messages.id, id)))
  return found ?? null
}

/** Leaves word for the engine of what a member wants; the same open request is not left twice. */
export async function insertRequest(tx: Queryable, wanted: typeof requests.$inferInsert): Promise<void> {
  await tx.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${`request ${wanted.enrollmentId}`}, 0))`,
  )
  const [open] = await tx
    .select({ id: requests.id })
    .from(requests)
    .where(
      and(
        eq(requests.enrollmentId, wanted.enrollmentId),
        eq(requests.kind, wanted.kind),
        eq(requests.seq, wanted.seq),
        sql`${requests.appliedAt} is null`,
      ),
    )
  if (!open) await tx.insert(requests).values(wanted)
}
