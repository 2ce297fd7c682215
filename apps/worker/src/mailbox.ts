import { mailboxLoginFits } from '@tropa/connectors'
import { type MailboxServer, type StoredMail, startMailboxServer } from '@tropa/connectors/mailbox'
import { openDatabase } from '@tropa/db'
import { keepMail } from '@tropa/db/received-mail'
import type pg from 'pg'
import type { Logger } from 'pino'
import { errorFields } from './outages.ts'

/** Hosts the built-in mailbox on this machine: one mail is kept for each recipient. */
export async function hostMailbox(
  {
    databaseUrl,
    secret,
    mailboxPort = 0,
  }: { databaseUrl: string; secret: string; mailboxPort?: number | undefined },
  log: Logger,
): Promise<MailboxServer> {
  const database = openDatabase(databaseUrl, {
    max: 4,
    onError: (error) => log.warn(errorFields(error), 'an idle database connection was lost'),
  })
  const server = await startMailboxServer({
    host: '127.0.0.1',
    port: mailboxPort,
    authenticate: async (user, password) => (mailboxLoginFits(secret, user, password) ? user : null),
    store: (mail) => keepReceived(database.pool, mail),
    onProblem: ({ during, error }) => log.warn({ during, ...errorFields(error) }, 'mailbox'),
  })
  return {
    port: server.port,
    async close() {
      await server.close()
      await database.close()
    },
  }
}

/** Keeps a mail once for each of its recipients. */
export async function keepReceived(pool: pg.Pool, mail: StoredMail): Promise<void> {
  const from = mail.from?.address ?? mail.envelope.from
  for (const to of mail.envelope.to) {
    await keepMail(
      pool,
      mail.workspaceId,
      mail.messageId,
      from,
      to,
      mail.subject,
      mail.html,
      mail.text,
      JSON.stringify(mail.headers),
      mail.raw,
      mail.size,
    )
  }
}
