import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { runTemporal, type TemporalServer } from './temporal.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tropa-temporal-test-'))
})

afterEach(() => rmSync(folder, { recursive: true }))

/** A server that fails with these words until its `works`-th start. */
function clumsy(words: string, works: number): TemporalServer {
  const starts = join(folder, 'starts')
  writeFileSync(starts, '')
  const script = join(folder, 'server.sh')
  writeFileSync(
    script,
    `#!/bin/sh\nprintf x >> ${starts}\n[ $(wc -c < ${starts}) -ge ${works} ] && exec sleep 60\necho "${words}" >&2\nexit 1\n`,
  )
  chmodSync(script, 0o755)
  const isReady = () => readFileSync(starts).length >= works
  return { command: script, args: [], port: 1, address: '127.0.0.1:1', isReady }
}

test('a start that failed for a port of its own choice is tried again', async () => {
  const server = await runTemporal(clumsy('listen tcp 127.0.0.1:42555: bind: address already in use', 3))
  expect(readFileSync(join(folder, 'starts'), 'utf8')).toBe('xxx')
  await server.stop()
})

test('any other failure is told with its words', async () => {
  await expect(runTemporal(clumsy('unknown flag', 3))).rejects.toThrow(
    'The Temporal dev server did not start: unknown flag',
  )
})

const never = { args: [], port: 1, address: '127.0.0.1:1', isReady: () => false }

test('a server that a signal ends is not waited for', async () => {
  const script = join(folder, 'killed.sh')
  writeFileSync(script, '#!/bin/sh\nkill -KILL $$\n')
  chmodSync(script, 0o755)
  await expect(runTemporal({ ...never, command: script })).rejects.toThrow(
    'The Temporal dev server did not start: it was ended by SIGKILL',
  )
})

test('a program that cannot be started is told at once', async () => {
  await expect(runTemporal({ ...never, command: join(folder, 'nothing') })).rejects.toThrow(
    /^The Temporal dev server did not start: spawn .*nothing ENOENT$/,
  )
})
