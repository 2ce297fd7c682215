import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const watchParent = join(import.meta.dirname, 'parent-watch.mjs')

test('a process forked by a watched one may live by its channel alone', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tropa-watch-test-'))
  const file = join(folder, 'forking.cjs')
  writeFileSync(
    file,
    `if (process.argv[2]) process.on('message', (said) => process.send(said + ' heard'))
     else {
       const child = require('node:child_process').fork(__filename, ['child'])
       child.once('exit', () => { process.exitCode = 7 })
       child.once('message', (said) => { console.log(said, process.execArgv.length); child.kill() })
       setTimeout(() => { if (child.exitCode === null) child.send('late word') }, 500)
     }`,
  )
  const args = ['--import', watchParent, file]
  const watched = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] })
  let said = ''
  watched.stdout?.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  await new Promise<void>((resolve) => watched.once('close', () => resolve()))
  expect(said).toBe('late word heard 0\n')
  rmSync(folder, { recursive: true })
})
