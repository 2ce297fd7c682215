import { type ChildProcess, spawn } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { identify, stillRuns } from '../machine/process-identity.ts'
import { root } from './run-once.ts'
import { makeThrowaway, removeThrowaway, sweepThrowaways } from './throwaway.ts'

let temporary: string

beforeEach(() => {
  temporary = mkdtempSync(join(tmpdir(), 'tropa-throwaway-test-'))
  chmodSync(temporary, 0o711)
})

afterEach(() => rmSync(temporary, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }))

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 60_000
  while (!condition()) {
    if (Date.now() > deadline) throw new Error('It did not happen within a minute.')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

const sleeper = () => spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' })

test('a sweep removes what a killed run left and ends what still runs there, and nothing else', async () => {
  const mine = makeThrowaway('tropa-run-', temporary)
  const left = makeThrowaway('tropa-own-', temporary)
  const child = sleeper()
  const identity = identify(child.pid ?? 0)
  if (!identity) throw new Error('The child did not start.')
  const dead = { pid: process.pid, startedAt: 'long ago' }
  writeFileSync(join(left, 'owner.json'), JSON.stringify(dead))
  const record = { owner: dead, address: null, children: [{ name: 'postgres', ...identity }] }
  writeFileSync(join(left, 'run.json'), JSON.stringify(record))
  mkdirSync(join(temporary, 'tropa-run-without-owner'))
  mkdirSync(join(temporary, 'another-program'))

  await sweepThrowaways(() => undefined, temporary)
  expect(stillRuns(identity)).toBe(false)
  expect(existsSync(left)).toBe(false)
  expect(existsSync(mine)).toBe(true)
  expect(existsSync(join(temporary, 'tropa-run-without-owner'))).toBe(true)
  expect(existsSync(join(temporary, 'another-program'))).toBe(true)
  removeThrowaway(mine)
})

/** `npm test` on a part that takes a while, with a temporary folder of its own. */
function testRun(): ChildProcess {
  const env: NodeJS.ProcessEnv = { ...process.env, TMPDIR: temporary }
  for (const name of Object.keys(env)) if (/^(VITEST|TEST$|NODE_ENV|TROPA_TEST_)/.test(name)) delete env[name]
  const args = ['scripts/test.mjs', '--only', 'unit', 'apps/worker/src/router']
  return spawn(process.execPath, args, { cwd: root, env, stdio: 'ignore' })
}

/** The Postgres of a test run that has come so far. */
function postmaster(): number {
  const folder = readdirSync(temporary).find((name) => name.startsWith('tropa-test-'))
  const file = join(temporary, folder ?? 'none', 'postgres/postmaster.pid')
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : 0
}

const leftFolders = () => readdirSync(temporary).filter((name) => /^tropa-(run|test)-/.test(name))

test.each([
  ['SIGTERM', 143],
  ['SIGINT', 130],
] as const)(
  'npm test ended by %s leaves neither folders nor servers',
  async (signal, code) => {
    const run = testRun()
    await until(() => postmaster() > 0)
    const postgres = identify(postmaster())
    const ended = new Promise<number | null>((resolve) => run.once('exit', (given) => resolve(given)))
    run.kill(signal)
    expect(await ended).toBe(code)
    expect(leftFolders()).toEqual([])
    await until(() => !postgres || !stillRuns(postgres))
  },
  90_000,
)

test('npm test ended by SIGKILL leaves no servers, and the next run removes its folder', async () => {
  const run = testRun()
  await until(() => postmaster() > 0)
  const postgres = identify(postmaster())
  const ended = new Promise<void>((resolve) => run.once('exit', () => resolve()))
  run.kill('SIGKILL')
  await ended
  await until(() => !postgres || !stillRuns(postgres))
  await sweepThrowaways(() => undefined, temporary)
  expect(leftFolders().filter((name) => name.startsWith('tropa-run-'))).toEqual([])
}, 90_000)
