import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { promisePort } from './port-promises.ts'

let folder: string

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'tropa-promises-')), 'ports')
})

afterEach(() => rmSync(join(folder, '..'), { recursive: true }))

/** Lets another process promise itself a port; it lives until the returned function is called. */
async function elsewhere(port: number): Promise<{ got: boolean; end(): Promise<void> }> {
  const module = JSON.stringify(join(import.meta.dirname, 'port-promises.ts'))
  const code = `import(${module}).then((m) => console.log(m.promisePort(${port}, ${JSON.stringify(folder)}))); setInterval(() => {}, 1000)`
  const args = ['--import', 'tsx', '-e', code]
  const child = spawn(process.execPath, args, { cwd: join(import.meta.dirname, '../..') })
  const answer = await new Promise<string>((resolve) =>
    child.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString().trim())),
  )
  const end = () =>
    new Promise<void>((resolve) => {
      child.once('exit', () => resolve())
      child.kill('SIGKILL')
    })
  return { got: answer === 'true', end }
}

test('a promised port is refused to another process until its owner ends', async () => {
  expect(promisePort(41_800, folder)).toBe(true)
  expect(promisePort(41_800, folder)).toBe(true)
  const refused = await elsewhere(41_800)
  expect(refused.got).toBe(false)
  await refused.end()

  const other = await elsewhere(41_801)
  expect(other.got).toBe(true)
  expect(promisePort(41_801, folder)).toBe(false)
  await other.end()
  expect(promisePort(41_801, folder)).toBe(true)
})
