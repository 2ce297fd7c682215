import { createServer } from 'node:net'
import { expect, it } from 'vitest'
import { EnvProblem } from './env.ts'
import { serveHealth } from './health.ts'
import { listening } from './listening.ts'

it('says in one sentence which port is taken and what names another', async () => {
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  const { port } = other.address() as { port: number }
  const opened = listening('WORKER_PORT', port, () => serveHealth(port, () => true))
  await expect(opened).rejects.toThrow(
    new EnvProblem(
      `The worker could not start: port ${port} is taken by another program. Free it, or name another with WORKER_PORT.`,
    ),
  )
  other.close()
})

it('leaves other failures as they are', async () => {
  const fault = new Error('a fault of ours')
  await expect(listening('WORKER_PORT', 1, () => Promise.reject(fault))).rejects.toBe(fault)
})
