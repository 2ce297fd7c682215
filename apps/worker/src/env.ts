import type { TemporalAddress } from './contract.ts'
import { port, readSettings, settings } from './settings.ts'

const schema = settings.extend({ WORKER_PORT: port.optional() })

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
  const read = readSettings(schema, env)
  if ('wrong' in read) {
    const { wrong } = read
    throw new EnvProblem(
      `The worker cannot start: ${wrong.join(', ')} ${wrong.length > 1 ? 'are' : 'is'} missing or wrong. Set ${wrong.length > 1 ? 'them' : 'it'} in the environment, or start everything with npm start.`,
    )
  }
  const { given, temporal } = read
  return {
    databaseUrl: given.DATABASE_URL,
    temporal,
    smtpUrl: given.SMTP_URL,
    baseUrl: given.BASE_URL,
    mailboxPort: given.MAILBOX_SMTP_PORT,
    healthPort: given.WORKER_PORT,
    secret: given.TROPA_SECRET,
    logLevel: given.LOG_LEVEL,
  }
}
