import type { TemporalAddress } from '@tropa/worker/contract'
import { port, readSettings, settings, type TemporalVariable } from '@tropa/worker/settings'
import { z } from 'zod'
import { maxPasswordLength, minPasswordLength } from './auth.ts'

const schema = settings.extend({
  API_PORT: port,
  API_HOST: z.string().default('127.0.0.1'),
  TROPA_DEMO: z
    .string()
    .default('1')
    .transform((value) => value === '1'),
  TROPA_LANGUAGE: z.enum(['en', 'ru']).default('en'),
  TROPA_OWNER_EMAIL: z.email().optional(),
  TROPA_OWNER_PASSWORD: z.string().min(minPasswordLength).max(maxPasswordLength).optional(),
})

type Own = z.output<typeof schema>

/** What the API needs from its environment, checked. */
export type Env = Own & { temporal: TemporalAddress }

const expectations: Record<keyof Own | TemporalVariable, string> = {
  DATABASE_URL: 'an address such as postgres://user:password@host:5432/tropa',
  TEMPORAL_ADDRESS: 'host:port without http://, such as temporal.example.com:7233',
  TEMPORAL_NAMESPACE: 'the name of a Temporal namespace',
  TEMPORAL_API_KEY: 'a Temporal API key, or leave it out',
  TEMPORAL_TLS: '"true" or "false", and not "false" beside an API key or a certificate',
  TEMPORAL_TLS_CA: 'a readable PEM file, or leave it out',
  TEMPORAL_TLS_CERT: 'a readable PEM file beside TEMPORAL_TLS_KEY, or leave both out',
  TEMPORAL_TLS_KEY: 'a readable PEM file beside TEMPORAL_TLS_CERT, or leave both out',
  SMTP_URL: 'an address such as smtp://user:password@host:587, or leave it out',
  BASE_URL: 'the public address of the web, such as https://tropa.example.com',
  API_PORT: 'a port number from 1 to 65535',
  API_HOST: 'the address to listen on, such as 0.0.0.0, or leave it out',
  MAILBOX_SMTP_PORT: 'a port number from 1 to 65535, or leave it out',
  TROPA_SECRET: 'at least 32 random bytes in base64url',
  TROPA_DEMO: '"0" or "1"',
  TROPA_LANGUAGE: '"en" or "ru"',
  TROPA_OWNER_EMAIL: 'the email of the first owner, or leave it out',
  TROPA_OWNER_PASSWORD: `a password of ${minPasswordLength} to ${maxPasswordLength} characters, or leave it out`,
  LOG_LEVEL: 'one of trace, debug, info, warn, error, fatal, silent',
}

/** Reads the environment; throws one sentence per variable that is missing or wrong. Values are not repeated. */
export function readEnv(env: NodeJS.ProcessEnv): Env {
  const read = readSettings(schema, env)
  if ('given' in read) return { ...read.given, temporal: read.temporal }
  throw new Error(
    read.wrong
      .map(
        (name) =>
          `${name} is ${env[name] ? 'wrong' : 'not set'}: it must be ${expectations[name as keyof typeof expectations]}.`,
      )
      .join('\n'),
  )
}
