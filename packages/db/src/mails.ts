import { and, desc, eq, ilike, isNull, or, type SQL, sql } from 'drizzle-orm'
import type { Queryable } from './open.ts'
import { olderThan, type Page, position, prefixPattern } from './page.ts'
import { mails, messages } from './tables.ts'

/** The mails of a workspace, newest first. `to` is the beginning of an address, `search` any words. */
export async function listMails(
  db: Queryable,
  workspaceId: string,
  { to, search }: { to?: string | undefined; search?: string | undefined },
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
      snippet: sql<string>`left(regexp_replace(coalesce(${mails.body}, ''), '\\s+', ' ', 'g'), 160)`,
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
      customerId: messages.customerId,
      step: messages.seq,
    })
    .from(messages)
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
