import { fileURLToPath } from 'node:url'
import {
  DefaultLogger,
  makeTelemetryFilterString,
  NativeConnection,
  Runtime,
  Worker,
} from '@temporalio/worker'
import nodemailer from 'nodemailer'
import pg from 'pg'
import { createActivities } from './activities.ts'

/** The worker of a hand-written workflow, in a process of its own. */
const { TEMPORAL_ADDRESS, BENCH_NAMESPACE, BENCH_DATABASE, BENCH_SMTP } = process.env
if (!TEMPORAL_ADDRESS || !BENCH_NAMESPACE || !BENCH_DATABASE || !BENCH_SMTP) {
  throw new Error(
    'The reference worker needs TEMPORAL_ADDRESS, BENCH_NAMESPACE, BENCH_DATABASE and BENCH_SMTP',
  )
}
Runtime.install({
  shutdownSignals: [],
  logger: new DefaultLogger('ERROR'),
  telemetryOptions: { logging: { filter: makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' }) } },
})
const pool = new pg.Pool({ connectionString: BENCH_DATABASE, max: 24 })
const mailer = nodemailer.createTransport(`${BENCH_SMTP}?pool=true&maxConnections=8&maxMessages=10000`)
const worker = await Worker.create({
  connection: await NativeConnection.connect({ address: TEMPORAL_ADDRESS }),
  namespace: BENCH_NAMESPACE,
  taskQueue: 'bench-reference',
  workflowsPath: fileURLToPath(new URL('./workflows.ts', import.meta.url)),
  activities: createActivities(pool, mailer),
  maxCachedWorkflows: 500,
})
const stop = () => {
  if (worker.getState() === 'RUNNING') worker.shutdown()
}
process.once('SIGTERM', stop)
process.once('disconnect', stop)
const running = worker.run()
process.send?.('ready')
await running
await pool.end()
mailer.close()
process.exit(0)
