import { Client, Connection } from '@temporalio/client'
import {
  journeyWorkflow,
  type TemporalAddress,
  temporalConnection,
  wakeOptions,
} from '@tropa/worker/contract'

/** How the API reaches the running journeys; it never advances one itself. */
export interface Engine {
  /** Tells an enrollment's workflow to look at the database again; a lost or doubled wake-up changes nothing. */
  wake: (workspaceId: string, enrollmentId: string) => Promise<void>
  /** The Temporal client, which connects at its first use. */
  client: () => Client
  close: () => Promise<void>
}

const wakeWithinMs = 3_000

/** Opens the way to Temporal without connecting yet: the API starts and serves while Temporal is away. */
export function openEngine(temporal: TemporalAddress): Engine {
  const connection = Connection.lazy(temporalConnection(temporal))
  const client = new Client({ connection, namespace: temporal.namespace })
  return {
    client: () => client,
    wake: (workspaceId, enrollmentId) =>
      connection.withDeadline(Date.now() + wakeWithinMs, async () => {
        await client.workflow.signalWithStart(journeyWorkflow, wakeOptions({ workspaceId, enrollmentId }))
      }),
    close: () => connection.close(),
  }
}
