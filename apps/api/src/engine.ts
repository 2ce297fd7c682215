import type { Client } from '@temporalio/client'

/** How the API reaches the running journeys; it never advances one itself. */
export interface Engine {
  /** Tells an enrollment's workflow to look at the database again; a lost or doubled wake-up changes nothing. */
  wake: (workspaceId: string, enrollmentId: string) => Promise<void>
  /** The Temporal client, connected at its first use. */
  client: () => Promise<Client>
  close: () => Promise<void>
}
