import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { readSettings } from './settings.ts'
import { testCertificates } from './testing/certificates.ts'

let folder: string
const file = (name: string) => join(folder, name)

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'settings-'))
  for (const [name, text] of Object.entries(testCertificates)) writeFileSync(file(name), text)
  writeFileSync(file('letter'), 'not a certificate')
})
afterAll(() => rmSync(folder, { recursive: true }))

const server = { TEMPORAL_ADDRESS: 'temporal.example.com:7233' }
const read = (env: NodeJS.ProcessEnv) => readSettings(z.object({}), { ...server, ...env })

it('hands over all that is said of Temporal, and takes an empty variable for one that is left out', () => {
  const env = {
    TEMPORAL_NAMESPACE: 'ns.acct',
    TEMPORAL_API_KEY: '',
    TEMPORAL_TLS: 'true',
    TEMPORAL_TLS_CA: file('authority'),
    TEMPORAL_TLS_CERT: file('cert'),
    TEMPORAL_TLS_KEY: file('key'),
  }
  expect(read(env)).toEqual({
    given: {},
    temporal: {
      address: 'temporal.example.com:7233',
      namespace: 'ns.acct',
      apiKey: undefined,
      tls: true,
      ca: Buffer.from(testCertificates.authority),
      clientCert: { crt: Buffer.from(testCertificates.cert), key: Buffer.from(testCertificates.key) },
    },
  })
})

it.each([
  ['no address', { TEMPORAL_ADDRESS: '' }, ['TEMPORAL_ADDRESS']],
  ['an address without a port', { TEMPORAL_ADDRESS: 'temporal' }, ['TEMPORAL_ADDRESS']],
  ['a web address', { TEMPORAL_ADDRESS: 'http://temporal:7233' }, ['TEMPORAL_ADDRESS']],
  ['a certificate without its key', () => ({ TEMPORAL_TLS_CERT: file('cert') }), ['TEMPORAL_TLS_CERT']],
  ['a key without its certificate', () => ({ TEMPORAL_TLS_KEY: file('key') }), ['TEMPORAL_TLS_KEY']],
  ['a file that is not PEM', () => ({ TEMPORAL_TLS_CA: file('letter') }), ['TEMPORAL_TLS_CA']],
  [
    'a file that is not there, beside a good one',
    () => ({ TEMPORAL_TLS_CERT: file('none'), TEMPORAL_TLS_KEY: file('key') }),
    ['TEMPORAL_TLS_CERT'],
  ],
  ['an API key in the clear', { TEMPORAL_TLS: 'false', TEMPORAL_API_KEY: 'k' }, ['TEMPORAL_TLS']],
  [
    'several at once',
    () => ({ TEMPORAL_ADDRESS: 'x', TEMPORAL_NAMESPACE: 'a b', TEMPORAL_TLS_CERT: file('cert') }),
    ['TEMPORAL_ADDRESS', 'TEMPORAL_NAMESPACE', 'TEMPORAL_TLS_CERT'],
  ],
])('refuses %s', (_, env, wrong) => {
  expect(read(typeof env === 'function' ? env() : env)).toEqual({ wrong })
})
