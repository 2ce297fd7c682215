import type { Answer, Routes, Row } from '../api.ts'
/** A letter as the list shows it. */
export type MailRow = Row<Routes['mails']['$get']>

export type MailHeader = Mail['headers'][number]

/** A whole letter as the mailbox server received it. */
export type Mail = Answer<Routes['mails'][':id']['$get']>

/** The web address of the List-Unsubscribe header (RFC 2369), and whether one press is enough (RFC 8058). */
export function unsubscribeOf(headers: readonly MailHeader[]): { url: string; oneClick: boolean } | null {
  const value = (name: string) => headers.find((header) => header.name.toLowerCase() === name)?.value ?? ''
  const url = /<(https?:\/\/[^>\s]+)>/i.exec(value('list-unsubscribe'))?.[1]
  if (!url) return null
  return { url, oneClick: /List-Unsubscribe=One-Click/i.test(value('list-unsubscribe-post')) }
}
