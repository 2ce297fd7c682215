import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { anyFreePort } from './ports.ts'
import { requireReachable } from './reach.ts'

test('a server that listens is reachable', async () => {
  const port = await anyFreePort()
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  await requireReachable('DATABASE_URL', '127.0.0.1', port)
  server.close()
})

test('a server that does not is named with its variable', async () => {
  const port = await anyFreePort()
  const answer = requireReachable('TEMPORAL_ADDRESS', '127.0.0.1', port)
  await expect(answer).rejects.toThrow(
    `TEMPORAL_ADDRESS names 127.0.0.1:${port}, where nothing answers (ECONNREFUSED)`,
  )
})
