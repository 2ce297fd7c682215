import { statement } from '../statement.ts'

/** Keeps a mail the built-in mailbox took in; `headers` is JSON. */
export const keepMail = statement<
  [
    workspaceId: string,
    messageId: string | null,
    fromAddress: string,
    toAddress: string,
    subject: string,
    html: string | null,
    body: string | null,
    headers: string,
    raw: Buffer,
    size: number,
  ]
>(
  `insert into mails (workspace_id, message_id, from_address, to_address, subject, html, body, headers, raw, size)
   values ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, $9, $10)`,
)
