import { connect, createSecureServer, type Http2Session, type IncomingHttpHeaders } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { testCertificates } from './certificates.ts'

/** A Temporal that is reached by TLS and lets in only those who show a key and, if wanted, a certificate. */
export interface TemporalGate {
  /** `localhost:port`: the name the certificate is made out to. */
  address: string
  /** The same by number, to which the certificate is not made out. */
  numeric: string
  /** How many calls were let through. */
  passed: () => number
  close: () => Promise<void>
}

const unauthenticated = { ':status': 200, 'content-type': 'application/grpc', 'grpc-status': '16' }

/** Opens a gate in front of a server without TLS, as hosted Temporals have one. */
export async function openTemporalGate(
  behind: string,
  wanted: { apiKey: string; clientCert: boolean },
): Promise<TemporalGate> {
  let passed = 0
  let inner = connect(`http://${behind}`)
  /** Temporal ends a connection after some minutes: the next call needs a new one. */
  const way = () => {
    if (inner.closed || inner.destroyed) inner = connect(`http://${behind}`)
    return inner
  }
  const sessions = new Set<Http2Session>()
  const gate = createSecureServer({
    key: testCertificates.key,
    cert: testCertificates.cert,
    ...(wanted.clientCert
      ? { ca: testCertificates.authority, requestCert: true, rejectUnauthorized: true }
      : {}),
  })
  gate.on('session', (session) => sessions.add(session))
  gate.on('stream', (stream, headers) => {
    stream.on('error', () => undefined)
    if (headers.authorization !== `Bearer ${wanted.apiKey}`) {
      stream.respond(unauthenticated, { endStream: true })
      return
    }
    passed += 1
    const call = way().request(headers)
    call.on('error', () => stream.close())
    let trailers: IncomingHttpHeaders = {}
    call.on('trailers', (given) => {
      trailers = given
    })
    call.on('response', (given, flags) => {
      const endStream = (flags & 1) === 1
      stream.respond(given, { waitForTrailers: !endStream, endStream })
      if (!endStream) call.pipe(stream)
    })
    stream.on('wantTrailers', () => stream.sendTrailers(trailers))
    stream.on('close', () => call.close())
    stream.pipe(call)
  })
  await new Promise<void>((resolve) => gate.listen(0, 'localhost', resolve))
  const { address: ip, family, port } = gate.address() as AddressInfo
  return {
    address: `localhost:${port}`,
    numeric: `${family === 'IPv6' ? `[${ip}]` : ip}:${port}`,
    passed: () => passed,
    close: () =>
      new Promise((resolve) => {
        for (const session of sessions) session.destroy()
        inner.destroy()
        gate.close(() => resolve())
      }),
  }
}
