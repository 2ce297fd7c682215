import { connect } from 'node:tls'
import { Connection } from '@temporalio/client'
import { type TemporalAddress, temporalConnection } from './contract.ts'
import { EnvProblem, readEnv } from './env.ts'

const withinMs = 6_000
const lateRefusalMs = 300

/** gRPC status codes (https://grpc.io/docs/guides/status-codes/). */
const grpc = { notFound: 5, permissionDenied: 7, unauthenticated: 16 }

/** How the TLS handshake of a server ends: null when it succeeds, else the code of the failure. */
function handshake({ address, ca, clientCert }: TemporalAddress, trusting: boolean): Promise<string | null> {
  const at = address.lastIndexOf(':')
  const host = address.slice(0, at).replace(/^\[|\]$/g, '')
  return new Promise((resolve) => {
    const socket = connect({
      host,
      port: Number(address.slice(at + 1)),
      servername: /^[\d.]+$|:/.test(host) ? '' : host,
      ALPNProtocols: ['h2'],
      rejectUnauthorized: !trusting,
      timeout: withinMs / 2,
      ...(ca ? { ca: Buffer.from(ca) } : {}),
      ...(clientCert ? { cert: Buffer.from(clientCert.crt), key: Buffer.from(clientCert.key) } : {}),
    })
    const end = (code: string | null) => {
      socket.destroy()
      resolve(code)
    }
    // In TLS 1.3 a server refuses a missing certificate only after the client takes the handshake for done.
    socket.once('secureConnect', () => setTimeout(() => end(null), lateRefusalMs))
    socket.once('close', () => end('ECONNRESET'))
    socket.once('timeout', () => end('ETIMEDOUT'))
    socket.once('error', (error: NodeJS.ErrnoException) => end(error.code ?? error.message))
  })
}

async function requireTls(temporal: TemporalAddress): Promise<void> {
  const { address } = temporal
  if (!temporalConnection(temporal).tls) {
    const code = await handshake(temporal, true)
    if (code === null || code.includes('_ALERT_'))
      throw new EnvProblem(
        `TEMPORAL_ADDRESS names ${address}, which wants TLS, and TEMPORAL_TLS does not ask for it. Set TEMPORAL_TLS=true.`,
      )
    return
  }
  const code = await handshake(temporal, false)
  if (code === null) return
  if (/CERTIFICATE_REQUIRED|HANDSHAKE_FAILURE/.test(code))
    throw new EnvProblem(
      `${address} wants a certificate of its clients (${code}). Name its files with TEMPORAL_TLS_CERT and TEMPORAL_TLS_KEY.`,
    )
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    throw new EnvProblem(
      `The certificate of ${address} is made out to another name. Use that name in TEMPORAL_ADDRESS.`,
    )
  if (/CERT|SELF_SIGNED|VERIFY|ISSUER/.test(code))
    throw new EnvProblem(
      `The certificate of ${address} is not trusted (${code}). Name the file of the authority that signed it with TEMPORAL_TLS_CA.`,
    )
  throw new EnvProblem(
    `${address} does not answer in TLS as the settings of TEMPORAL_TLS ask (${code}). Correct TEMPORAL_ADDRESS, or set TEMPORAL_TLS=false for a server without TLS.`,
  )
}

function codeOf(error: unknown): number | undefined {
  for (let at = error; at instanceof Error; at = at.cause)
    if ('code' in at && typeof at.code === 'number') return at.code
  return undefined
}

/** The sentence about a refusal of the key, which may come at any call; other errors are passed on. */
function refused(error: unknown, what: string): EnvProblem {
  const code = codeOf(error)
  if (code === grpc.unauthenticated || code === grpc.permissionDenied)
    return new EnvProblem(
      `Temporal refuses ${what}. Check TEMPORAL_API_KEY, TEMPORAL_TLS_CERT and what they are allowed to do.`,
    )
  const why = error instanceof Error ? error.message.split('\n')[0] : String(error)
  return new EnvProblem(`Temporal does not answer as a Temporal server (${why}). Correct TEMPORAL_ADDRESS.`)
}

async function requireNamespace(connection: Connection, namespace: string): Promise<void> {
  try {
    await connection.workflowService.describeNamespace({ namespace })
  } catch (error) {
    if (codeOf(error) === grpc.notFound)
      throw new EnvProblem(
        `Temporal has no namespace "${namespace}". Create it (temporal operator namespace create --namespace ${namespace}) or name another with TEMPORAL_NAMESPACE.`,
      )
    throw refused(error, `the namespace "${namespace}"`)
  }
}

/** Whether Tropa can work on this Temporal; throws `EnvProblem`, one sentence about the first thing that is wrong. */
export async function checkTemporal(temporal: TemporalAddress): Promise<void> {
  await requireTls(temporal)
  const connection = Connection.lazy(temporalConnection(temporal))
  try {
    await connection.withDeadline(Date.now() + withinMs, async () => {
      await connection.workflowService.getSystemInfo({}).catch((error: unknown) => {
        throw refused(error, 'the connection')
      })
      await requireNamespace(connection, temporal.namespace)
    })
  } finally {
    await connection.close()
  }
}

if (process.argv[1] === import.meta.filename)
  await checkTemporal(readEnv(process.env).temporal).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exit(1)
  })
