import { z } from 'zod'

const port = z.coerce.number().int().min(0).max(65_535)
const flag = z.enum(['true', 'false']).transform((value) => value === 'true')
const empty = <S extends z.ZodType>(schema: S) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema)

const schema = z.object({
  DATABASE_URL: z.string().min(1),
  TEMPORAL_ADDRESS: z.string().min(1),
  TEMPORAL_NAMESPACE: empty(z.string().default('default')),
  TEMPORAL_API_KEY: empty(z.string().optional()),
  TEMPORAL_TLS: empty(flag.optional()),
  SMTP_URL: empty(z.string().optional()),
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

/** How to reach Temporal. */
export interface TemporalAddress {
  address: string
  namespace: string
  apiKey?: string | undefined
  tls?: boolean | undefined
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
    },
    smtpUrl: given.SMTP_URL,
    baseUrl: given.BASE_URL,
    mailboxPort: given.MAILBOX_SMTP_PORT,
    healthPort: given.WORKER_PORT,
    secret: given.TROPA_SECRET,
    logLevel: given.LOG_LEVEL,
  }
}
