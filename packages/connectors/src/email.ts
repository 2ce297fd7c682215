import type { Text } from '@tropa/journey'
import type { DeliveryResult } from './outcome.ts'

/** A name and an address as they stand in a From header. */
export interface EmailSender {
  name: string
  address: string
}

/** One rendered email to one recipient. */
export interface EmailMessage {
  /** The step key: equal keys give equal Message-IDs. */
  key: string
  from: EmailSender
  replyTo?: string
  /** The envelope sender (bounces go there); the From address when absent. */
  returnPath?: string
  to: string
  subject: string
  html: string
  text: string
  /** Extra headers; names of the headers we set ourselves are refused. */
  headers: Record<string, string>
  /** Adds `List-Unsubscribe` and `List-Unsubscribe-Post` (RFC 2369, RFC 8058); null adds neither. */
  unsubscribeUrl: string | null
}

/** The answer to "does this connection work?", with a sentence for the member when it does not. */
export type Verification = { ok: true } | { ok: false; sentence: Text }

/** How long one attempt may take. */
export interface SendBudget {
  /** Up to the end of the message; running out before it means the message was surely not sent. */
  timeoutMs: number
  /**
   * For the server's verdict once the message is complete, when longer than what is left of `timeoutMs`:
   * giving up there leaves an ambiguous result. RFC 5321 section 4.5.3.2.6 allows servers ten minutes.
   */
  verdictMs?: number
}

/** An open connection that can send email; it never throws for what a provider does. */
export interface EmailConnector {
  /** One attempt: never retries a message whose final dot may have left this machine. */
  send(message: EmailMessage, options: SendBudget): Promise<DeliveryResult>
  /** Connects, greets and logs in without sending anything. */
  verify(): Promise<Verification>
  /** Ends idle sessions at once and busy ones after their message. */
  close(): Promise<void>
}
