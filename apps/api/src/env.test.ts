import { expect, it } from 'vitest'
import { readEnv } from './env.ts'

const good = {
  DATABASE_URL: 'postgres://tropa@127.0.0.1:5432/tropa',
  TEMPORAL_ADDRESS: '127.0.0.1:7233',
  BASE_URL: 'http://localhost:8080',
  API_PORT: '8081',
  TROPA_SECRET: Buffer.alloc(32, 1).toString('base64url'),
}

it('fills in what may be left out; an empty variable counts as left out', () => {
  expect(readEnv({ ...good, SMTP_URL: '' })).toMatchObject({
    temporal: { address: '127.0.0.1:7233', namespace: 'default' },
    TROPA_DEMO: true,
    LOG_LEVEL: 'info',
  })
})

it('says a sentence for every variable that is missing or wrong, and repeats no value', () => {
  const { TROPA_SECRET: _, ...rest } = good
  const wrong = { ...rest, API_PORT: '99999', SMTP_URL: 'smtp://u:secret@mail.example.com' }
  expect(() => readEnv(wrong)).toThrow(
    [
      'SMTP_URL names no sender: end it in ?from=shop@example.com, an address this server lets you send from.',
      'TROPA_SECRET is not set: it must be at least 32 random bytes in base64url.',
      'API_PORT is not a port number from 1 to 65535.',
    ].join('\n'),
  )
})

it('says what goes together with what when only a part of it is there', () => {
  expect(() => readEnv({ ...good, TEMPORAL_TLS_CERT: '/none.pem', TEMPORAL_TLS: 'yes' })).toThrow(
    ['TEMPORAL_TLS must be one of true, false.', 'TEMPORAL_TLS_CERT needs TEMPORAL_TLS_KEY beside it.'].join(
      '\n',
    ),
  )
})
