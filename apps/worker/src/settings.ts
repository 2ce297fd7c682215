import { readFileSync } from 'node:fs'
import { isSmtpUrl } from '@tropa/connectors'
import { z } from 'zod'
import type { TemporalAddress } from './contract.ts'

const flag = z.enum(['true', 'false']).transform((value) => value === 'true')

const pemFile = z.string().transform((path, context) => {
  try {
    const file = readFileSync(path)
    if (file.includes('-----BEGIN ')) return file
    context.addIssue({ code: 'custom', message: 'not PEM' })
  } catch {
    context.addIssue({ code: 'custom', message: 'not readable' })
  }
  return z.NEVER
})

/** A port to listen on. */
export const port = z.coerce.number().int().min(1).max(65_535)

/** What API and worker read from the environment alike. */
export const settings = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  SMTP_URL: z.string().refine(isSmtpUrl).optional(),
  BASE_URL: z.url({ protocol: /^https?$/ }),
  MAILBOX_SMTP_PORT: port.optional(),
  TROPA_SECRET: z.string().refine((value) => Buffer.from(value, 'base64url').length >= 32),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
})

const temporalVariables = z.object({
  TEMPORAL_ADDRESS: z.string().regex(/^(\[[0-9a-fA-F:]+\]|[A-Za-z0-9._-]+):\d{1,5}$/),
  TEMPORAL_NAMESPACE: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/)
    .default('default'),
  TEMPORAL_API_KEY: z.string().optional(),
  TEMPORAL_TLS: flag.optional(),
  TEMPORAL_TLS_CA: pemFile.optional(),
  TEMPORAL_TLS_CERT: pemFile.optional(),
  TEMPORAL_TLS_KEY: pemFile.optional(),
})

export type TemporalVariable = keyof typeof temporalVariables.shape

/** Whatever else is wrong: all that is wrong is told at once. */
const when = () => true

/** How to reach Temporal. A certificate goes with its key, and what is of use only with TLS does not go without it. */
const temporal = temporalVariables
  .refine((of) => !of.TEMPORAL_TLS_KEY || 'TEMPORAL_TLS_CERT' in of, { path: ['TEMPORAL_TLS_CERT'], when })
  .refine((of) => !of.TEMPORAL_TLS_CERT || 'TEMPORAL_TLS_KEY' in of, { path: ['TEMPORAL_TLS_KEY'], when })
  .refine(
    (of) => of.TEMPORAL_TLS !== false || !(of.TEMPORAL_API_KEY || of.TEMPORAL_TLS_CA || of.TEMPORAL_TLS_CERT),
    { path: ['TEMPORAL_TLS'], when },
  )
  .transform((of): TemporalAddress => {
    const { TEMPORAL_TLS_CERT: crt, TEMPORAL_TLS_KEY: key } = of
    return {
      address: of.TEMPORAL_ADDRESS,
      namespace: of.TEMPORAL_NAMESPACE,
      apiKey: of.TEMPORAL_API_KEY,
      tls: of.TEMPORAL_TLS,
      ca: of.TEMPORAL_TLS_CA,
      ...(crt && key ? { clientCert: { crt, key } } : {}),
    }
  })

/** What the environment says, or the names of the variables that are missing or wrong, once each. */
export type SettingsRead<T> = { given: T; temporal: TemporalAddress } | { wrong: string[] }

/** Reads the variables of a schema and those of Temporal; an empty one counts as left out. */
export function readSettings<S extends z.ZodObject>(
  schema: S,
  env: NodeJS.ProcessEnv,
): SettingsRead<z.output<S>> {
  const filled = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const own = schema.safeParse(filled)
  const shared = temporal.safeParse(filled)
  if (own.success && shared.success) return { given: own.data, temporal: shared.data }
  const issues = [...(own.error?.issues ?? []), ...(shared.error?.issues ?? [])]
  return { wrong: [...new Set(issues.map(({ path }) => String(path[0])))] }
}
