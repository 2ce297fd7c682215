import { type EngineOptions, startEngine } from '@tropa/worker/engine'
import { pino } from 'pino'

/** Tropa's engine in a process of its own; its options come as JSON in ENGINE_OPTIONS. */
const options = JSON.parse(process.env.ENGINE_OPTIONS ?? '{}') as Omit<EngineOptions, 'log'>
const engine = await startEngine({ ...options, log: pino({ level: process.env.BENCH_LOG ?? 'error' }) })
await engine.becomeReady(60_000)
const stop = () => void engine.stop().then(() => process.exit(0))
process.once('SIGTERM', stop)
process.once('disconnect', stop)
process.send?.('ready')
