import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { anyFreePort, PortTaken } from '../machine/ports.ts'
import { type ProcessIdentity, stillRuns } from '../machine/process-identity.ts'
import type { Part, Patience } from './keeper.ts'
import { createSupervisor, type Supervisor } from './supervisor.ts'

let folder: string
let said: string[]
let children: (ProcessIdentity & { name: string })[]
let supervisor: Supervisor

const patience: Partial<Patience> = { firstDelayMs: 50, longestDelayMs: 200, killAfterMs: 500 }

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tropa-supervisor-'))
  said = []
  children = []
  supervisor = createSupervisor({
    logDir: folder,
    say: (line) => said.push(line),
    onChildren: (now) => {
      children = now
    },
    patience,
  })
})

afterEach(async () => {
  await supervisor.stop()
  rmSync(folder, { recursive: true })
})

function part(name: string, script: string, change: Partial<Part> = {}): Part {
  return {
    name,
    command: process.execPath,
    args: ['--import', join(import.meta.dirname, 'parent-watch.mjs'), '-e', script],
    env: process.env,
    cwd: folder,
    channel: true,
    stopSignal: 'SIGTERM',
    isReady: (_pid, ready) => ready,
    readyWithinMs: 10_000,
    problem: (line) => (line.startsWith('problem') ? line : null),
    ...change,
  }
}

const alive = 'process.send("ready"); setInterval(() => {}, 1000)'

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 10_000
  while (!condition()) {
    if (Date.now() > deadline) throw new Error('It did not happen within 10 s.')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

test('a process that is killed is started again under a new pid', async () => {
  await supervisor.start(part('one', alive))
  const before = children[0]?.pid ?? 0
  process.kill(before, 'SIGKILL')
  await until(() => children.length === 1 && children[0]?.pid !== before)
  expect(said).toContain('[one] ended (SIGKILL); starting again in 0.05 s')
})

test('the delay grows with every death and stays under the longest', async () => {
  await supervisor.start(part('weak', 'process.send("ready"); setTimeout(() => process.exit(3), 120)'))
  await until(() => said.length >= 4)
  const delays = said.slice(0, 4).map((line) => /in ([\d.]+) s/.exec(line)?.[1])
  expect(delays).toEqual(['0.05', '0.1', '0.2', '0.2'])
})

test('a process that dies before it is ready ends the start with its last words', async () => {
  const start = supervisor.start(part('bad', 'console.error("no database here"); process.exit(1)'))
  await expect(start).rejects.toThrow(/bad ended 3 times before it was ready[\s\S]*no database here/)
})

test('a program that does not exist is reported, not thrown as an event', async () => {
  const start = supervisor.start(part('none', '', { command: '/does/not/exist' }))
  await expect(start).rejects.toThrow(/none ended 3 times/)
})

/** A process that listens on a port of this machine and is ready then. */
function listener(port: number): Part {
  const script = `require('net').createServer().listen(${port}, '127.0.0.1', () => process.send('ready'))`
  return part('listener', script, { listens: { temporal: port } })
}

function occupy(port: number): Promise<Server> {
  const server = createServer()
  return new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve(server)))
}

test('a port that another program has is told before anything is started', async () => {
  const port = await anyFreePort()
  const other = await occupy(port)
  await expect(supervisor.start(listener(port))).rejects.toMatchObject({ part: 'temporal', port })
  expect(children).toEqual([])
  other.close()
  await supervisor.start(listener(port))
  expect(children).toHaveLength(1)
})

test('a port taken between the choice and the listening ends the start at its first death', async () => {
  const port = await anyFreePort()
  const gate = join(folder, 'gate')
  const late = `const wait = setInterval(() => { if (!require('fs').existsSync(${JSON.stringify(gate)})) return
    clearInterval(wait); require('net').createServer().listen(${port}, '127.0.0.1') }, 20)`
  const start = supervisor.start(part('late', late, { listens: { temporal: port } }))
  start.catch(() => undefined)
  await until(() => children.length === 1)
  const other = await occupy(port)
  writeFileSync(gate, '')
  await expect(start).rejects.toBeInstanceOf(PortTaken)
  expect(children).toEqual([])
  other.close()
})

test('a part that finds its port taken when it comes back says so and waits for it', async () => {
  const port = await anyFreePort()
  await supervisor.start(listener(port))
  const [before] = children
  process.kill(before?.pid ?? 0, 'SIGKILL')
  await until(() => children.length === 0)
  const other = await occupy(port)
  await until(() => said.some((line) => line.startsWith(`[listener] Port ${port}, wanted by Temporal, is`)))
  other.close()
  await until(() => children.length === 1)
})

test('parts that are ended by name are not started again; others go on', async () => {
  await supervisor.start(part('one', alive))
  await supervisor.start(part('two', alive))
  await supervisor.end(['one', 'unknown'])
  expect(children.map(({ name }) => name)).toEqual(['two'])
  await supervisor.start(part('one', alive))
  expect(children.map(({ name }) => name)).toEqual(['two', 'one'])
})

test('stop ends the last started first and may be called twice', async () => {
  const order = join(folder, 'order')
  const script = (name: string) =>
    `${alive}; process.on("SIGTERM", () => { require("fs").appendFileSync(${JSON.stringify(order)}, "${name} "); process.exit(0) }); require("fs").writeFileSync(${JSON.stringify(folder)} + "/${name}", "listens")`
  await supervisor.start(part('first', script('first')))
  await supervisor.start(part('second', script('second')))
  await until(() => ['first', 'second'].every((name) => existsSync(join(folder, name))))
  const pids = [...children]
  await Promise.all([supervisor.stop(), supervisor.stop()])
  expect(readFileSync(order, 'utf8')).toBe('second first ')
  expect(pids).toHaveLength(2)
  expect(pids.some(stillRuns)).toBe(false)
})

test('a process that ignores the stop signal is killed', async () => {
  await supervisor.start(part('deaf', `process.on("SIGTERM", () => {}); ${alive}`))
  const [deaf] = children
  const begun = Date.now()
  await supervisor.stop()
  expect(Date.now() - begun).toBeGreaterThanOrEqual(450)
  expect(deaf && stillRuns(deaf)).toBe(false)
})

test('stop during a start leaves nothing running and no restart behind', async () => {
  const start = supervisor.start(part('slow', 'setInterval(() => {}, 1000)'))
  start.catch(() => undefined)
  await until(() => children.length === 1)
  const [slow] = children
  await supervisor.stop()
  await expect(start).rejects.toThrow(/slow was stopped before it was ready/)
  expect(slow && stillRuns(slow)).toBe(false)
})

test('every line goes to the log file and problems to the terminal', async () => {
  await supervisor.start(part('talk', `console.log("hello"); console.log("problem: tired"); ${alive}`))
  await until(() => said.length > 0)
  await supervisor.stop()
  expect(said).toEqual(['[talk] problem: tired'])
  expect(readFileSync(join(folder, 'talk.log'), 'utf8')).toMatch(
    /\[talk\] hello\n.*\[talk\] problem: tired\n/,
  )
})

test('processes end by themselves when the supervisor is killed', async () => {
  const pidFile = join(folder, 'child.pid')
  const child = part(
    'orphan',
    `require("fs").writeFileSync(${JSON.stringify(pidFile)}, String(process.pid)); ${alive}`,
  )
  const script = join(folder, 'supervise.ts')
  writeFileSync(
    script,
    `import { createSupervisor } from ${JSON.stringify(join(import.meta.dirname, 'supervisor.ts'))}
     const s = createSupervisor({ logDir: ${JSON.stringify(folder)}, say: () => {}, onChildren: () => {} })
     const part = JSON.parse(process.env.PART)
     s.start({ ...part, isReady: (_pid, said) => said, problem: () => null }).then(() => console.log('up'))`,
  )
  const env = { ...process.env, PART: JSON.stringify({ ...child, env: { PATH: process.env.PATH } }) }
  const root = join(import.meta.dirname, '../..')
  const owner = spawn(process.execPath, ['--import', 'tsx', script], { env, cwd: root })
  await new Promise<void>((resolve) => owner.stdout.once('data', () => resolve()))
  const pid = Number(readFileSync(pidFile, 'utf8'))
  expect(isAlive(pid)).toBe(true)
  owner.kill('SIGKILL')
  await until(() => !isAlive(pid))
})

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
