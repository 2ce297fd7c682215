import { pino } from 'pino'
import { startEngine } from './engine.ts'
import { readEnv } from './env.ts'
import { serveHealth } from './health.ts'
import { hostMailbox } from './mailbox.ts'
import { errorFields } from './outages.ts'

const env = readEnv(process.env)
const log = pino({ level: env.logLevel, base: { part: 'worker' } })
const mailbox = env.mailboxPort ? await hostMailbox(env, log) : null
const engine = await startEngine({ ...env, log })
const health = env.healthPort === undefined ? null : await serveHealth(env.healthPort, engine.ready)

let stopping: Promise<void> | undefined

/** Ends gracefully, once, however many signals come. */
function stop(signal: string): void {
  stopping ??= (async () => {
    log.info({ signal }, 'stopping')
    await health?.close()
    await engine.stop()
    await mailbox?.close()
    log.info('stopped')
    process.exit(0)
  })().catch((error: unknown) => {
    log.error(errorFields(error), 'did not stop cleanly')
    process.exit(1)
  })
}

process.on('SIGTERM', stop)
process.on('SIGINT', stop)
process.send?.('ready')
