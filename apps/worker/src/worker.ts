import { pino } from 'pino'
import { startEngine } from './engine.ts'
import { EnvProblem, readEnv } from './env.ts'
import { serveHealth } from './health.ts'
import { listening } from './listening.ts'
import { hostMailbox } from './mailbox.ts'
import { errorFields } from './outages.ts'
import { Pulse } from './pulse.ts'

/** Ends this process with the sentence of an error of its settings or ports; anything else is a fault of ours. */
function cannotStart(error: unknown): never {
  if (!(error instanceof EnvProblem)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
}

async function startAll() {
  const env = readEnv(process.env)
  const log = pino({ level: env.logLevel, base: { part: 'worker' } })
  const mailbox = env.mailboxPort
    ? await listening('MAILBOX_SMTP_PORT', env.mailboxPort, () => hostMailbox(env, log))
    : null
  const engine = await startEngine({ ...env, log, imports: true })
  const health =
    env.healthPort === undefined
      ? null
      : await listening('WORKER_PORT', env.healthPort, (port) => serveHealth(port, engine.ready))
  const pulse = new Pulse(env.databaseUrl, engine.ready, log)
  pulse.start()
  return { log, mailbox, engine, health, pulse }
}

const { log, mailbox, engine, health, pulse } = await startAll().catch(cannotStart)

/** Ends gracefully. */
async function stop(signal: string): Promise<void> {
  log.info({ signal }, 'stopping')
  await health?.close()
  await pulse.stop()
  await engine.stop()
  await mailbox?.close()
  log.info('stopped')
}

let stopping = false

/** Signals may come more than once (a terminal and its supervisor both send them); the first one counts. */
function onSignal(signal: string): void {
  if (stopping) return
  stopping = true
  stop(signal).then(
    () => process.exit(0),
    (error: unknown) => {
      log.error(errorFields(error), 'did not stop cleanly')
      process.exit(1)
    },
  )
}

process.on('SIGTERM', onSignal)
process.on('SIGINT', onSignal)
process.send?.('ready')
