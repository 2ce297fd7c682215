import { createServer, type Server } from 'node:net'
import { migrate } from '@tropa/db'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createDatabase, useTemporal } from '../../../tests/setup/use-services.ts'
import { checkTemporal } from './check-temporal.ts'
import { startEngine } from './engine.ts'
import { testCertificates } from './testing/certificates.ts'
import { openTemporalGate, type TemporalGate } from './testing/temporal-gate.ts'

const namespace = 'default'
const apiKey = 'a key'
const ca = Buffer.from(testCertificates.authority)
const clientCert = { crt: Buffer.from(testCertificates.cert), key: Buffer.from(testCertificates.key) }
let plain: string
let gate: TemporalGate
let strict: TemporalGate

beforeAll(async () => {
  plain = await useTemporal()
  gate = await openTemporalGate(plain, { apiKey, clientCert: false })
  strict = await openTemporalGate(plain, { apiKey, clientCert: true })
})
afterAll(() => Promise.all([gate.close(), strict.close()]))

it('lets pass a server without TLS, one with TLS and key, and one that wants a certificate too', async () => {
  await checkTemporal({ address: plain, namespace })
  await checkTemporal({ address: gate.address, namespace, apiKey, ca })
  await checkTemporal({ address: strict.address, namespace, apiKey, ca, clientCert })
})

it('runs an engine through TLS with a key and a certificate', async () => {
  const database = await createDatabase()
  await migrate(database.url)
  const before = strict.passed()
  const engine = await startEngine({
    databaseUrl: database.url,
    temporal: { address: strict.address, namespace, apiKey, tls: true, ca, clientCert },
    secret: 's'.repeat(43),
    baseUrl: 'http://tropa.example',
  })
  await engine.becomeReady(30_000)
  expect(strict.passed()).toBeGreaterThan(before)
  await engine.stop()
  await database.drop()
}, 60_000)

it.each([
  ['TLS that is not asked for', () => ({ address: gate.address }), /wants TLS.*Set TEMPORAL_TLS=true\.$/],
  ['TLS with certificates', () => ({ address: strict.address }), /wants TLS.*Set TEMPORAL_TLS=true\.$/],
  ['TLS that is not spoken', () => ({ address: plain, tls: true }), /does not answer in TLS.*=false/],
  [
    'an authority that is not known',
    () => ({ address: gate.address, apiKey }),
    /not trusted.*TEMPORAL_TLS_CA/,
  ],
  ['a key that is refused', () => ({ address: gate.address, apiKey: 'hunter2', ca }), /refuses.*_API_KEY/],
  [
    'a certificate that is missing',
    () => ({ address: strict.address, apiKey, ca }),
    /wants a certificate.*TEMPORAL_TLS_CERT/,
  ],
  [
    'an unknown namespace',
    () => ({ address: plain, namespace: 'nowhere' }),
    /no namespace "nowhere".*NAMESPACE/,
  ],
])('tells %s in a sentence', async (_, given, sentence) => {
  const answer = checkTemporal({ namespace, ...given() })
  await expect(answer).rejects.toThrow(sentence)
  await expect(answer).rejects.not.toThrow(/hunter2/)
})

it('tells a name the certificate is not made out to', async () => {
  const answer = checkTemporal({ address: gate.numeric, namespace, apiKey, ca })
  await expect(answer).rejects.toThrow(/made out to another name\. Use that name in TEMPORAL_ADDRESS\.$/)
})

it('tells a server that is not Temporal', async () => {
  const other: Server = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  const { port } = other.address() as { port: number }
  const answer = checkTemporal({ address: `127.0.0.1:${port}`, namespace })
  await expect(answer).rejects.toThrow(/does not answer as a Temporal server.*Correct TEMPORAL_ADDRESS\.$/)
  other.close()
}, 20_000)
