import { readFileSync } from 'node:fs'
import { isSmtpUrl } from '@tropa/connectors'
import { z } from 'zod'
import type { TemporalAddress } from './contract.ts'

const port = z.coerce.number().int().min(0).max(65_535)
const flag = z.enum(['true', 'false']).transform((value) => value === 'true')
const empty = <S extends z.ZodType>(schema: S) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema)

const pemFile = z.string().transform((path, context) => {
  try {
    return readFileSync(path)
  } catch {
    context.addIssue({ code: 'custom', message: 'not readable' })
    return z.NEVER
  }
})

const schema = z.object({
  DATABASE_URL: z.string().min(1),
  TEMPORAL_ADDRESS: z.string().min(1),
  TEMPORAL_NAMESPACE: empty(z.string().default('default')),
  TEMPORAL_API_KEY: empty(z.string().optional()),
  TEMPORAL_TLS: empty(flag.optional()),
  TEMPORAL_TLS_CA: empty(pemFile.optional()),
  TEMPORAL_TLS_CERT: empty(pemFile.optional()),
  TEMPORAL_TLS_KEY: empty(pemFile.optional()),
  SMTP_URL: empty(z.string().refine(isSmtpUrl).optional()),
  BASE_URL: z.url(),
  MAILBOX_SMTP_PORT: empty(port.optional()),
  WORKER_PORT: empty(port.optional()),
  TROPA_SECRET: z.string().min(32),
  LOG_LEVEL: empty(z.string().default('info')),
})

export interface WorkerEnv {
  databaseUrl: string
  temporal: TemporalAddress
  smtpUrl: string | undefined
  baseUrl: string
  mailboxPort: number | undefined
  healthPort: number | undefined
  secret: string
  logLevel: string
}

/** A setting with which the worker cannot start; the message is a whole sentence. */
export class EnvProblem extends Error {}

/** Reads the environment; throws `EnvProblem`: one sentence that names every variable which is missing or wrong, without its value. */
export function readEnv(env: NodeJS.ProcessEnv): WorkerEnv {
  const parsed = schema.safeParse(env)
  if (!parsed.success) {
    const names = [...new Set(parsed.error.issues.map(({ path }) => path.join('.')))]
    throw new EnvProblem(
      `The worker cannot start: ${names.join(', ')} ${names.length > 1 ? 'are' : 'is'} missing or wrong. Set ${names.length > 1 ? 'them' : 'it'} in the environment, or start everything with npm start.`,
    )
  }
  const given = parsed.data
  return {
    databaseUrl: given.DATABASE_URL,
    temporal: {
      address: given.TEMPORAL_ADDRESS,
      namespace: given.TEMPORAL_NAMESPACE,
      apiKey: given.TEMPORAL_API_KEY,
      tls: given.TEMPORAL_TLS,
      ca: given.TEMPORAL_TLS_CA,
      ...(given.TEMPORAL_TLS_CERT && given.TEMPORAL_TLS_KEY
        ? { clientCert: { crt: given.TEMPORAL_TLS_CERT, key: given.TEMPORAL_TLS_KEY } }
        : {}),
    },
    smtpUrl: given.SMTP_URL,
    baseUrl: given.BASE_URL,
    mailboxPort: given.MAILBOX_SMTP_PORT,
    healthPort: given.WORKER_PORT,
    secret: given.TROPA_SECRET,
    logLevel: given.LOG_LEVEL,
  }
}
