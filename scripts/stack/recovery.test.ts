import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { PortPlan } from '../machine/port-plan.ts'
import { anyFreePort, type Ports } from '../machine/ports.ts'
import { openHome } from './home.ts'
import { endLeftovers } from './leftovers.ts'
import { type HomeLock, lockHome } from './lock.ts'
import { startServices } from './services.ts'
import { createSupervisor, type Supervisor } from './supervisor.ts'

let home: string
let ports: Ports

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'tropa-recovery-'))
  chmodSync(home, 0o711)
  openHome(home)
  const none = { api: 1, web: 1, mailbox: 1, worker: 1 }
  ports = { ...none, postgres: await anyFreePort(), temporal: await anyFreePort() }
})

afterEach(() => rmSync(home, { recursive: true, force: true }))

async function take(): Promise<HomeLock> {
  const answer = await lockHome(home)
  if ('running' in answer) throw new Error('The home is taken.')
  return answer.lock
}

function settledPorts(): Pick<PortPlan, 'run'> {
  return { run: (work) => work(ports) }
}

function supervise(lock: HomeLock): Supervisor {
  return createSupervisor({
    logDir: join(home, 'logs'),
    say: () => undefined,
    onChildren: (children) => lock.update({ children }),
    patience: { firstDelayMs: 100 },
  })
}

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

async function queryUntilAnswered(url: string, text: string): Promise<unknown[]> {
  const deadline = Date.now() + 60_000
  for (;;) {
    try {
      return await query(url, text)
    } catch (error) {
      if (Date.now() > deadline) throw error
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
}

test('a committed row survives kill -9 of Postgres, which comes back by itself', async () => {
  const lock = await take()
  const children: { name: string; pid: number }[] = []
  const supervisor = supervise({
    ...lock,
    update: (change) => children.splice(0, children.length, ...(change.children ?? [])),
  })
  const { databaseUrl } = await startServices(
    { home, env: {}, say: () => undefined },
    settledPorts(),
    supervisor,
  )
  await query(databaseUrl, 'CREATE TABLE kept AS SELECT 42 AS answer')
  const before = children.find(({ name }) => name === 'postgres')?.pid ?? 0
  process.kill(before, 'SIGKILL')
  expect(await queryUntilAnswered(databaseUrl, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }])
  expect(children.find(({ name }) => name === 'postgres')?.pid).not.toBe(before)
  await supervisor.stop()
  lock.release()
  expect(children).toEqual([])
}, 90_000)

test('after kill -9 of the supervisor the next start takes over the same ports and data', async () => {
  const script = join(home, 'first.mts')
  const from = (name: string) => JSON.stringify(join(import.meta.dirname, name))
  writeFileSync(
    script,
    `import { lockHome } from ${from('lock.ts')}
     import { startServices } from ${from('services.ts')}
     import { createSupervisor } from ${from('supervisor.ts')}
     const home = ${JSON.stringify(home)}
     const { lock } = (await lockHome(home)) as { lock: import(${from('lock.ts')}).HomeLock }
     const supervisor = createSupervisor({
       logDir: home + '/logs', say: () => undefined, onChildren: (children) => lock.update({ children }),
     })
     const services = await startServices({ home, env: {}, say: () => undefined }, { run: (work) => work(${JSON.stringify(ports)}) }, supervisor)
     console.log(services.databaseUrl)`,
  )
  const root = join(import.meta.dirname, '../..')
  const first = spawn(process.execPath, ['--import', 'tsx', script], { cwd: root })
  const url = await new Promise<string>((resolve, reject) => {
    first.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString().trim()))
    first.once('exit', () => reject(new Error('The first start ended early.')))
  })
  await query(url, 'CREATE TABLE kept AS SELECT 7 AS answer')
  const gone = new Promise((resolve) => first.once('close', resolve))
  first.kill('SIGKILL')
  await gone

  const lock = await take()
  expect(lock.leftovers.map(({ name }) => name).sort()).toEqual(['postgres', 'temporal'])
  await endLeftovers(lock.leftovers, () => undefined)
  const supervisor = supervise(lock)
  const services = await startServices({ home, env: {}, say: () => undefined }, settledPorts(), supervisor)
  expect(await query(services.databaseUrl, 'SELECT answer FROM kept')).toEqual([{ answer: 7 }])
  await supervisor.stop()
  lock.release()
}, 90_000)
