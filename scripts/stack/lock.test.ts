import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { defaultPorts } from '../machine/ports.ts'
import { endProcess, identify, stillRuns } from '../machine/process-identity.ts'
import { homeSecret, openHome, rememberedPorts, rememberPorts } from './home.ts'
import { type HomeLock, lockHome } from './lock.ts'

let home: string

beforeEach(() => {
  home = join(mkdtempSync(join(tmpdir(), 'tropa-home-')), 'inner')
  openHome(home)
})

afterEach(() => rmSync(join(home, '..'), { recursive: true }))

async function take(): Promise<HomeLock> {
  const answer = await lockHome(home)
  if ('running' in answer) throw new Error('The home is already taken.')
  return answer.lock
}

test('the second start on a home learns who runs there and at which address', async () => {
  const lock = await take()
  lock.update({ address: 'http://localhost:41234' })
  const second = await lockHome(home)
  expect(second).toMatchObject({
    running: { owner: { pid: process.pid }, address: 'http://localhost:41234' },
  })
  lock.release()
  expect(await lockHome(home)).toHaveProperty('lock')
})

test('a lock whose owner was killed is taken over, with the children it left running', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' })
  const left = identify(child.pid ?? 0)
  if (!left) throw new Error('The child did not start.')
  const ended = { name: 'api', pid: 999_999_999, startedAt: '1' }
  const owner = { pid: process.pid, startedAt: 'long ago' }
  const children = [{ name: 'worker', ...left }, ended]
  writeFileSync(join(home, 'run.json'), JSON.stringify({ owner, address: null, children }))
  const lock = await take()
  expect(lock.leftovers).toEqual([{ name: 'worker', ...left }])
  await endProcess(left, 'SIGTERM', 5_000)
  expect(stillRuns(left)).toBe(false)
})

test('a half-written lock file does not block the next start', async () => {
  writeFileSync(join(home, 'run.json'), '{"owner":')
  expect((await take()).leftovers).toEqual([])
})

test('of many starts at once exactly one gets the home', async () => {
  const answers = await Promise.all(Array.from({ length: 8 }, () => lockHome(home)))
  expect(answers.filter((answer) => 'lock' in answer)).toHaveLength(1)
})

test('the secret is made once, for its owner only', () => {
  const secret = homeSecret(home)
  expect(Buffer.from(secret, 'base64url')).toHaveLength(32)
  expect(homeSecret(home)).toBe(secret)
  expect(statSync(join(home, 'secret')).mode & 0o077).toBe(0)
})

test('a damaged secret is refused rather than replaced', () => {
  writeFileSync(join(home, 'secret'), 'short\n')
  expect(() => homeSecret(home)).toThrow(/no usable secret/)
})

test('ports are remembered', () => {
  expect(rememberedPorts(home)).toEqual({})
  rememberPorts(home, defaultPorts)
  expect(rememberedPorts(home)).toEqual(defaultPorts)
})

test('a pid that now belongs to another process is not taken for the old one', () => {
  const me = identify(process.pid)
  expect(me && stillRuns(me)).toBe(true)
  expect(stillRuns({ pid: process.pid, startedAt: 'another moment' })).toBe(false)
  expect(identify(999_999_999)).toBeNull()
})
