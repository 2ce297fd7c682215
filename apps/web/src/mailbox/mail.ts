/** A letter as the list shows it. */
export interface MailRow {
  id: string
  from: string
  to: string
  subject: string
  receivedAt: string
  readAt: string | null
  snippet: string
}

export interface MailHeader {
  name: string
  value: string
}

/** A whole letter as the mailbox server received it. */
export interface Mail extends MailRow {
  html: string | null
  text: string | null
  headers: MailHeader[]
  size?: number
  customerId: string | null
  messageId: string | null
  enrollmentId: string | null
  journeyId?: string | null
}

/** The web address of the List-Unsubscribe header (RFC 2369), and whether one press is enough (RFC 8058). */
export function unsubscribeOf(headers: readonly MailHeader[]): { url: string; oneClick: boolean } | null {
  const value = (name: string) => headers.find((header) => header.name.toLowerCase() === name)?.value ?? ''
  const url = /<(https?:\/\/[^>\s]+)>/i.exec(value('list-unsubscribe'))?.[1]
  if (!url) return null
  return { url, oneClick: /List-Unsubscribe=One-Click/i.test(value('list-unsubscribe-post')) }
}
