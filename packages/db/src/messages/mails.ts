import { and, desc, eq, ilike, isNull, or, type SQL, sql } from 'drizzle-orm'
import type { Queryable } from '../open.ts'
import { olderThan, type Page, position, prefixPattern } from '../page.ts'
import { journeys, mails, messages } from '../tables.ts'

/** The message of ours that a mail carries, by the id in its headers. */
const messageId = sql`(select case when h ->> 'value' ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then (h ->> 'value')::uuid end
  from jsonb_array_elements(mails.headers) h where h ->> 'name' = 'x-tropa-message' limit 1)`

/**
 * When the step began that sent a mail of a test run, by the clock of that run; empty for all others. A letter arrives
 * before its step is written down, and until then the enrollment knows when it began.
 */
const sentOnClock = sql<string | null>`(select to_char(
    coalesce(s.entered_at, to_timestamp((n.state -> 'pending' ->> 'enteredAt')::float8 / 1000)) at time zone 'UTC',
    'YYYY-MM-DD"T"HH24:MI:SS"Z"')
  from messages m left join steps s on s.enrollment_id = m.enrollment_id and s.seq = m.seq
    left join enrollments n on n.id = m.enrollment_id and (n.state -> 'pending' ->> 'seq')::int = m.seq
  where m.id = ${messageId} and m.workspace_id = mails.workspace_id and m.clock_id is not null)`

/** A body as one line of a list: without the addresses that stand in brackets behind the words of links. */
const snippet = sql<string>`left(regexp_replace(
  regexp_replace(coalesce(mails.body, ''), '\\s*\\[https?://[^]\\s]*\\]', '', 'g'), '\\s+', ' ', 'g'), 160)`

/** What mails are looked for by: `to` is the beginning of an address, `search` any words, `message` one of ours. */
export interface MailFilter {
  to?: string | undefined
  search?: string | undefined
  message?: string | undefined
}

/** The mails of a workspace, newest first. */
export async function listMails(
  db: Queryable,
  workspaceId: string,
  { to, search, message }: MailFilter,
  { after, limit }: Page,
) {
  const words = search ? `%${prefixPattern(search)}` : null
  return db
    .select({
      id: mails.id,
      from: mails.fromAddress,
      to: mails.toAddress,
      subject: mails.subject,
      receivedAt: mails.receivedAt,
      readAt: mails.readAt,
      snippet,
      sentOnClock,
      ...position(mails.receivedAt, mails.id),
    })
    .from(mails)
    .where(
      and(
        eq(mails.workspaceId, workspaceId),
        to ? ilike(mails.toAddress, prefixPattern(to)) : undefined,
        words
          ? or(ilike(mails.subject, words), ilike(mails.toAddress, words), ilike(mails.body, words))
          : undefined,
        message ? sql`${messageId} = ${message}::uuid` : undefined,
        olderThan(mails.receivedAt, mails.id, after),
      ),
    )
    .orderBy(desc(mails.receivedAt), desc(sql`${mails.id}::text`))
    .limit(limit + 1)
}

const ofMail = (workspaceId: string, id: string): SQL | undefined =>
  and(eq(mails.workspaceId, workspaceId), eq(mails.id, id))

/** A mail, and the message it carries when one of ours does; reading it marks it as read. */
export async function readMail(db: Queryable, workspaceId: string, id: string) {
  await db
    .update(mails)
    .set({ readAt: sql`now()` })
    .where(and(ofMail(workspaceId, id), isNull(mails.readAt)))
  const [row] = await db
    .select({
      id: mails.id,
      from: mails.fromAddress,
      to: mails.toAddress,
      subject: mails.subject,
      html: mails.html,
      text: mails.body,
      headers: mails.headers,
      size: mails.size,
      receivedAt: mails.receivedAt,
      readAt: mails.readAt,
      sentOnClock,
    })
    .from(mails)
    .where(ofMail(workspaceId, id))
  return row ?? null
}

/** Which message, enrollment, step of it and customer a mail belongs to, by the message id in its headers. */
export async function findMessageOfMail(db: Queryable, workspaceId: string, messageId: string) {
  const [row] = await db
    .select({
      messageId: messages.id,
      enrollmentId: messages.enrollmentId,
      journeyId: messages.journeyId,
      journeyName: journeys.name,
      customerId: messages.customerId,
      step: messages.seq,
    })
    .from(messages)
    .leftJoin(journeys, eq(journeys.id, messages.journeyId))
    .where(and(eq(messages.workspaceId, workspaceId), eq(messages.id, messageId)))
  return row ?? null
}

/** What came over the wire. */
export async function rawMail(db: Queryable, workspaceId: string, id: string): Promise<Buffer | null> {
  const [row] = await db.select({ raw: mails.raw }).from(mails).where(ofMail(workspaceId, id))
  return row?.raw ?? null
}

/** Empties a workspace's mailbox; answers how many mails it held. */
export async function deleteMails(db: Queryable, workspaceId: string): Promise<number> {
  const { rowCount } = await db.delete(mails).where(eq(mails.workspaceId, workspaceId))
  return rowCount ?? 0
}
