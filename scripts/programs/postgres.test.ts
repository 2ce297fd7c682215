import { expect, test } from 'vitest'
import { type PostgresServer, runPostgres } from './postgres.ts'

const never: Omit<PostgresServer, 'command' | 'args'> = {
  user: null,
  dataDir: '/nowhere',
  port: 1,
  url: 'postgres://127.0.0.1:1/nothing',
  isReady: () => false,
}

test.each<[string, string[], string]>([
  ['/bin/sh', ['-c', 'kill -KILL $$'], 'it was ended by SIGKILL'],
  ['/bin/sh', ['-c', 'echo no room >&2; exit 1'], 'no room'],
  ['/nowhere/postgres', [], 'spawn /nowhere/postgres ENOENT'],
])('a server that ends while it starts is told at once: %s %j', async (command, args, why) => {
  await expect(runPostgres({ ...never, command, args })).rejects.toThrow(
    `The embedded Postgres did not start: ${why}`,
  )
})
