import type { TemporalAddress } from '@tropa/worker/contract'
import { port, readSettings, settings, type TemporalVariable, variableProblem } from '@tropa/worker/settings'
import { z } from 'zod'

const schema = settings.extend({
  API_PORT: port,
  API_HOST: z.string().default('127.0.0.1'),
  TROPA_DEMO: z
    .string()
    .default('1')
    .transform((value) => value === '1'),
  TROPA_LANGUAGE: z.enum(['en', 'ru']).default('en'),
  TROPA_OWNER_EMAIL: z.string().optional(),
  TROPA_OWNER_PASSWORD: z.string().optional(),
})

type Own = z.output<typeof schema>

/** What the API needs from its environment, checked. */
export type Env = Own & { temporal: TemporalAddress }

/** What must be set. */
const needed = {
  DATABASE_URL: 'an address such as postgres://user:password@host:5432/tropa',
  TEMPORAL_ADDRESS: 'host:port without http://, such as temporal.example.com:7233',
  BASE_URL: 'the public address of the web, such as https://tropa.example.com',
  API_PORT: 'a port number from 1 to 65535',
  TROPA_SECRET: 'at least 32 random bytes in base64url',
} satisfies Partial<Record<keyof Own | TemporalVariable, string>>

function sentenceOf(name: string, env: NodeJS.ProcessEnv): string {
  if (env[name]) return `${name} ${variableProblem(name, env) ?? 'cannot be used as it is'}.`
  return `${name} is not set: it must be ${needed[name as keyof typeof needed]}.`
}

/** Reads the environment; throws one sentence per variable that is missing or wrong. Values are not repeated. */
export function readEnv(env: NodeJS.ProcessEnv): Env {
  const read = readSettings(schema, env)
  if ('given' in read) return { ...read.given, temporal: read.temporal }
  throw new Error(read.wrong.map((name) => sentenceOf(name, env)).join('\n'))
}
