import type { MailView } from './mail-reader.tsx'

/** What of the mailbox is shown: the address of its page. */
export interface MailboxAddress {
  mail?: string | undefined
  /** The message whose letter is to be opened. */
  message?: string | undefined
  view?: MailView | undefined
  search?: string | undefined
  to?: string | undefined
}
