import { readFileSync } from 'node:fs'
import { isSmtpUrl } from '@tropa/connectors'
import { z } from 'zod'
import type { TemporalAddress } from './contract.ts'
import { variableProblem } from './variables.ts'

export { variableProblem }

/** A port to listen on. */
export const port = z.coerce.number()

/** What API and worker read from the environment alike. What may stand in each is checked by the rules of `variables.ts`. */
export const settings = z.object({
  DATABASE_URL: z.string(),
  SMTP_URL: z.string().refine(isSmtpUrl).optional(),
  BASE_URL: z.string(),
  MAILBOX_SMTP_PORT: port.optional(),
  TROPA_SECRET: z.string(),
  LOG_LEVEL: z.string().default('info'),
})

const temporalVariables = z.object({
  TEMPORAL_ADDRESS: z.string(),
  TEMPORAL_NAMESPACE: z.string().default('default'),
  TEMPORAL_API_KEY: z.string().optional(),
  TEMPORAL_TLS: z.string().optional(),
  TEMPORAL_TLS_CA: z.string().optional(),
  TEMPORAL_TLS_CERT: z.string().optional(),
  TEMPORAL_TLS_KEY: z.string().optional(),
})

export type TemporalVariable = keyof typeof temporalVariables.shape

/** How to reach Temporal; the files are read here. */
function temporalAddress(of: z.output<typeof temporalVariables>): TemporalAddress {
  const { TEMPORAL_TLS: tls, TEMPORAL_TLS_CA: ca, TEMPORAL_TLS_CERT: crt, TEMPORAL_TLS_KEY: key } = of
  return {
    address: of.TEMPORAL_ADDRESS,
    namespace: of.TEMPORAL_NAMESPACE,
    apiKey: of.TEMPORAL_API_KEY,
    tls: tls === undefined ? undefined : tls === 'true',
    ca: ca === undefined ? undefined : readFileSync(ca),
    ...(crt && key ? { clientCert: { crt: readFileSync(crt), key: readFileSync(key) } } : {}),
  }
}

/** What the environment says, or the names of the variables that are missing or wrong, once each. */
export type SettingsRead<T> = { given: T; temporal: TemporalAddress } | { wrong: string[] }

/** Reads the variables of a schema and those of Temporal; an empty one counts as left out. */
export function readSettings<S extends z.ZodObject>(
  schema: S,
  env: NodeJS.ProcessEnv,
): SettingsRead<z.output<S>> {
  const filled = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const own = schema.safeParse(filled)
  const shared = temporalVariables.safeParse(filled)
  const issues = [...(own.error?.issues ?? []), ...(shared.error?.issues ?? [])]
  const unread = new Set(issues.map(({ path }) => String(path[0])))
  const names = [...Object.keys(schema.shape), ...Object.keys(temporalVariables.shape)]
  const wrong = names.filter((name) => unread.has(name) || variableProblem(name, filled) !== null)
  if (wrong.length > 0 || !own.success || !shared.success) return { wrong }
  return { given: own.data, temporal: temporalAddress(shared.data) }
}
