import { startEngine } from '@tropa/worker/engine'
import { pino } from 'pino'

/** An engine in a process of its own, so that a test can kill it: options come as JSON in ENGINE_OPTIONS. */
const options = JSON.parse(process.env.ENGINE_OPTIONS ?? '{}')
const engine = await startEngine({ ...options, log: pino({ level: process.env.LOG_LEVEL ?? 'error' }) })
await engine.becomeReady(60_000)
process.send?.('ready')
process.on('SIGTERM', () => void engine.stop().then(() => process.exit(0)))
process.on('disconnect', () => process.exit(1))
