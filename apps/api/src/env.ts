import { readFileSync } from 'node:fs'
import { isSmtpUrl } from '@tropa/connectors'
import type { TemporalAddress } from '@tropa/worker/contract'
import { z } from 'zod'

const flag = (fallback: '0' | '1') =>
  z
    .enum(['0', '1', 'true', 'false'])
    .default(fallback)
    .transform((value) => value === '1' || value === 'true')
const pemFile = z.string().transform((path, context) => {
  try {
    return readFileSync(path)
  } catch {
    context.addIssue({ code: 'custom', message: 'not readable' })
    return z.NEVER
  }
})
const port = z.coerce.number().int().min(1).max(65_535)

const schema = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  TEMPORAL_ADDRESS: z.string().regex(/^\S+:\d{1,5}$/),
  TEMPORAL_NAMESPACE: z.string().min(1).default('default'),
  TEMPORAL_API_KEY: z.string().min(1).optional(),
  TEMPORAL_TLS: z
    .enum(['true', 'false'])
    .transform((value) => value === 'true')
    .optional(),
  TEMPORAL_TLS_CA: pemFile.optional(),
  TEMPORAL_TLS_CERT: pemFile.optional(),
  TEMPORAL_TLS_KEY: pemFile.optional(),
  SMTP_URL: z.string().refine(isSmtpUrl).optional(),
  BASE_URL: z.url({ protocol: /^https?$/ }),
  API_PORT: port,
  API_HOST: z
    .string()
    .regex(/^[0-9A-Za-z.:-]+$/)
    .default('127.0.0.1'),
  MAILBOX_SMTP_PORT: port.optional(),
  TROPA_SECRET: z.string().refine((value) => Buffer.from(value, 'base64url').length >= 32),
  TROPA_DEMO: flag('1'),
  TROPA_LANGUAGE: z.enum(['en', 'ru']).default('en'),
  TROPA_OWNER_EMAIL: z.email().optional(),
  TROPA_OWNER_PASSWORD: z.string().min(10).max(200).optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
})

/** What the API needs from its environment, checked. */
export type Env = z.infer<typeof schema>

const expectations: Record<keyof Env, string> = {
  DATABASE_URL: 'an address such as postgres://user:password@host:5432/tropa',
  TEMPORAL_ADDRESS: 'host:port without http://, such as temporal.example.com:7233',
  TEMPORAL_NAMESPACE: 'the name of a Temporal namespace',
  TEMPORAL_API_KEY: 'a Temporal API key, or leave it out',
  TEMPORAL_TLS: '"true" or "false"',
  TEMPORAL_TLS_CA: 'a readable PEM file, or leave it out',
  TEMPORAL_TLS_CERT: 'a readable PEM file, or leave it out',
  TEMPORAL_TLS_KEY: 'a readable PEM file, or leave it out',
  SMTP_URL: 'an address such as smtp://user:password@host:587, or leave it out',
  BASE_URL: 'the public address of the web, such as https://tropa.example.com',
  API_PORT: 'a port number from 1 to 65535',
  API_HOST: 'the address to listen on, such as 0.0.0.0, or leave it out',
  MAILBOX_SMTP_PORT: 'a port number from 1 to 65535, or leave it out',
  TROPA_SECRET: 'at least 32 random bytes in base64url',
  TROPA_DEMO: '"0" or "1"',
  TROPA_LANGUAGE: '"en" or "ru"',
  TROPA_OWNER_EMAIL: 'the email of the first owner, or leave it out',
  TROPA_OWNER_PASSWORD: 'a password of at least 10 characters, or leave it out',
  LOG_LEVEL: 'one of trace, debug, info, warn, error, fatal, silent',
}

/** Reads the environment; throws one sentence per variable that is missing or wrong. Values are not repeated. */
export function readEnv(raw: NodeJS.ProcessEnv): Env {
  const filled = Object.fromEntries(Object.entries(raw).filter(([, value]) => value !== ''))
  const parsed = schema.safeParse(filled)
  if (parsed.success) return parsed.data
  const names = [...new Set(parsed.error.issues.map((issue) => String(issue.path[0])))] as (keyof Env)[]
  throw new Error(
    names
      .map((name) => `${name} is ${filled[name] ? 'wrong' : 'not set'}: it must be ${expectations[name]}.`)
      .join('\n'),
  )
}

/** How to reach Temporal, as the environment says. */
export function temporalOf(env: Env): TemporalAddress {
  const { TEMPORAL_TLS_CERT: crt, TEMPORAL_TLS_KEY: key } = env
  return {
    address: env.TEMPORAL_ADDRESS,
    namespace: env.TEMPORAL_NAMESPACE,
    apiKey: env.TEMPORAL_API_KEY,
    tls: env.TEMPORAL_TLS,
    ca: env.TEMPORAL_TLS_CA,
    ...(crt && key ? { clientCert: { crt, key } } : {}),
  }
}
