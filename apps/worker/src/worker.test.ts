import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { migrate } from '@tropa/db'
import { expect, it } from 'vitest'
import { anyFreePort } from '../../../scripts/machine/ports.ts'
import { createDatabase, useTemporal } from '../../../tests/setup/use-services.ts'
import { readEnv } from './env.ts'
import { until } from './testing/index.ts'

it('starts from the environment, says when it is ready and ends cleanly on SIGTERM', async () => {
  const database = await createDatabase()
  await migrate(database.url)
  const port = await anyFreePort()
  const child: ChildProcess = fork(fileURLToPath(new URL('./worker.ts', import.meta.url)), {
    execArgv: ['--import', 'tsx'],
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: database.url,
      TEMPORAL_ADDRESS: await useTemporal(),
      BASE_URL: 'http://127.0.0.1:3000',
      TROPA_SECRET: 'a'.repeat(43),
      WORKER_PORT: String(port),
      LOG_LEVEL: 'warn',
    },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const ask = (path: string) =>
    fetch(`http://127.0.0.1:${port}${path}`).then(
      ({ status }) => status,
      () => 0,
    )
  await Promise.race([
    until(async () => (await ask('/readyz')) === 200, 60_000),
    ended.then((code) => expect.fail(`the worker ended with ${code} before it was ready`)),
  ])
  expect(await ask('/healthz')).toBe(200)
  expect(await ask('/else')).toBe(404)
  child.kill('SIGTERM')
  child.kill('SIGTERM')
  expect(await ended).toBe(0)
  await database.drop()
}, 90_000)

it('names what is missing in the environment and repeats no value', () => {
  expect(() => readEnv({ DATABASE_URL: 'postgres://secret', TROPA_SECRET: 'short' })).toThrow(
    /BASE_URL, TROPA_SECRET, TEMPORAL_ADDRESS are missing or wrong/,
  )
  expect(() => readEnv({ TROPA_SECRET: 'short' })).not.toThrow(/short/)
})
