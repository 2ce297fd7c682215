/** Name of the workflow that carries one enrollment; its id is the enrollment's id. */
export const journeyWorkflow = 'journey'

/** The signal that makes a sleeping enrollment ask again what to do; it carries nothing. */
export const wakeSignal = 'wake'

/** Task queue of the workflows `journey` and of their short local work. */
export const journeysQueue = 'tropa-journeys'

/** Task queue of message delivery. */
export const sendQueue = 'tropa-send'

/** Name and task queue of the workflow that runs an import. */
export const importWorkflow = 'import'
export const importsQueue = 'tropa-imports'

/** What a `journey` workflow knows: ids only, nothing personal. */
export interface JourneyInput {
  workspaceId: string
  enrollmentId: string
}

/**
 * Options for `client.workflow.signalWithStart(journeyWorkflow, wakeOptions(…))`: wakes an enrollment whether its
 * workflow runs, sleeps before its start, or was lost. A needless wake-up changes nothing.
 */
export function wakeOptions(input: JourneyInput) {
  return {
    workflowId: input.enrollmentId,
    taskQueue: journeysQueue,
    args: [input] as [JourneyInput],
    signal: wakeSignal,
    signalArgs: [] as [],
    workflowIdReusePolicy: 'ALLOW_DUPLICATE' as const,
    workflowIdConflictPolicy: 'USE_EXISTING' as const,
  }
}

/** What an `import` workflow knows: which import, and whether it is run or taken back. */
export interface ImportInput {
  workspaceId: string
  importId: string
  task: 'run' | 'undo'
}

/**
 * Options for `client.workflow.signalWithStart(importWorkflow, importOptions(…))`: starts the workflow of an import or
 * makes a waiting one look at the database again. A needless call changes nothing.
 */
export function importOptions(input: ImportInput) {
  return {
    workflowId: `import-${input.task}-${input.importId}`,
    taskQueue: importsQueue,
    args: [input] as [ImportInput],
    signal: wakeSignal,
    signalArgs: [] as [],
    workflowIdReusePolicy: 'ALLOW_DUPLICATE' as const,
    workflowIdConflictPolicy: 'USE_EXISTING' as const,
  }
}

/** How to reach Temporal. Certificates are PEM; without `ca` those that the system trusts are accepted. */
export interface TemporalAddress {
  address: string
  namespace: string
  apiKey?: string | undefined
  tls?: boolean | undefined
  ca?: Uint8Array | undefined
  clientCert?: { crt: Uint8Array; key: Uint8Array } | undefined
}

/** Options of a connection to Temporal, for API and worker alike. An API key or a certificate means TLS. */
export function temporalConnection({ address, apiKey, tls, ca, clientCert }: TemporalAddress) {
  const secured = tls ?? (apiKey !== undefined || ca !== undefined || clientCert !== undefined)
  return {
    address,
    ...(apiKey === undefined ? {} : { apiKey }),
    tls: secured && {
      ...(ca ? { serverRootCACertificate: ca } : {}),
      ...(clientCert ? { clientCertPair: clientCert } : {}),
    },
  }
}
