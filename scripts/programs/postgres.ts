import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { endProcess, identify } from '../machine/process-identity.ts'
import { findPostgres, type PostgresBinaries, requireOwner, type SystemUser } from './postgres-binaries.ts'
import { becomesReady, watchChild } from './watched-child.ts'

/** The name of Tropa's own database in the embedded Postgres. */
const databaseName = 'tropa'

/** How to start one Postgres server, and how to know it answers. */
export interface PostgresServer {
  command: string
  args: string[]
  user: SystemUser | null
  dataDir: string
  port: number
  url: string
  /** Whether the server with this pid accepts connections. */
  isReady(pid: number): boolean
}

function readableBy(user: SystemUser, folder: string): boolean {
  for (let place = folder; ; place = dirname(place)) {
    const { mode, uid, gid } = statSync(place)
    const open = mode & 0o001 || (uid === user.uid && mode & 0o100) || (gid === user.gid && mode & 0o010)
    if (!open) return false
    if (place === dirname(place)) return true
  }
}

/**
 * Where the database files of a home go: inside it, unless Postgres has to run as another user who may not
 * look into that folder; then under /var/tmp, always the same place for the same home.
 */
export function dataDirFor(home: string, user: SystemUser | null): string {
  const real = realpathSync(home)
  if (!user || readableBy(user, real)) return join(real, 'postgres')
  const mark = createHash('sha256').update(real).digest('hex').slice(0, 12)
  const place = `/var/tmp/tropa-data-${mark}`
  if (!existsSync(place)) {
    mkdirSync(place, { mode: 0o700 })
    chownSync(place, user.uid, user.gid)
  }
  requireOwner(place, user.uid)
  return join(place, 'postgres')
}

function run(binaries: PostgresBinaries, command: string, args: string[], input?: string): void {
  const answer = spawnSync(command, args, {
    ...binaries.user,
    cwd: '/',
    encoding: 'utf8',
    input,
    env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
  })
  if (answer.status === 0) return
  const why = (answer.error?.message ?? `${answer.stderr}${answer.stdout}`).trim()
  throw new Error(`${basename(command)} failed while preparing the embedded Postgres: ${why}`)
}

function createCluster(binaries: PostgresBinaries, dataDir: string, durable: boolean): void {
  const parent = dirname(dataDir)
  for (const name of readdirSync(parent))
    if (name.startsWith(`${basename(dataDir)}.draft-`)) rmSync(join(parent, name), { recursive: true })
  const draft = `${dataDir}.draft-${process.pid}`
  mkdirSync(draft, { mode: 0o700 })
  if (binaries.user) chownSync(draft, binaries.user.uid, binaries.user.gid)
  run(binaries, binaries.initdb, [
    `--pgdata=${draft}`,
    '--username=postgres',
    '--auth=trust',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    ...(durable ? [] : ['--no-sync']),
  ])
  run(binaries, binaries.postgres, ['--single', '-D', draft, 'postgres'], `CREATE DATABASE ${databaseName}\n`)
  renameSync(draft, dataDir)
}

function postmasterFile(dataDir: string): string[] {
  try {
    return readFileSync(join(dataDir, 'postmaster.pid'), 'utf8').split('\n')
  } catch {
    return []
  }
}

/** Ends a server that an earlier start, killed before it could clean up, left running on these files. */
export async function endLeftover(dataDir: string): Promise<boolean> {
  const pid = Number(postmasterFile(dataDir)[0])
  const identity = pid > 1 ? identify(pid) : null
  if (!identity || !ownsData(pid, dataDir)) return false
  await endProcess(identity, 'SIGINT', 20_000)
  return true
}

function ownsData(pid: number, dataDir: string): boolean {
  const answer = spawnSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' })
  return answer.status !== 0 || answer.stdout.includes(dataDir)
}

/** Settings for data that may be lost: tests throw their database away. */
const throwaway = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']

/**
 * Prepares an embedded Postgres on `dataDir` (creating it on first use, ending a leftover server) and says
 * how to start it. It listens on 127.0.0.1 only and trusts local connections.
 */
export async function preparePostgres(options: {
  home: string
  port: number
  durable?: boolean
}): Promise<PostgresServer> {
  const { home, port, durable = true } = options
  const binaries = findPostgres()
  const dataDir = dataDirFor(home, binaries.user)
  if (!existsSync(join(dataDir, 'PG_VERSION'))) createCluster(binaries, dataDir, durable)
  await endLeftover(dataDir)
  const settings = [
    `port=${port}`,
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=200',
    'shared_buffers=256MB',
    'max_wal_size=2GB',
    'random_page_cost=1.1',
    'jit=off',
    'timezone=UTC',
    'log_timezone=UTC',
    ...(durable ? [] : throwaway),
  ]
  return {
    command: binaries.postgres,
    args: ['-D', dataDir, ...settings.flatMap((setting) => ['-c', setting])],
    user: binaries.user,
    dataDir,
    port,
    url: `postgres://postgres@127.0.0.1:${port}/${databaseName}`,
    isReady: (pid) => {
      const lines = postmasterFile(dataDir)
      return lines[0] === String(pid) && lines[7]?.trim() === 'ready'
    },
  }
}

/** Starts a prepared server outside the supervisor (for tests) and resolves when it answers. */
export async function runPostgres(server: PostgresServer): Promise<{ stop(): Promise<void> }> {
  const child = spawn(server.command, server.args, {
    ...server.user,
    cwd: '/',
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
  })
  const watched = watchChild(child)
  const isReady = () => child.pid !== undefined && server.isReady(child.pid)
  if (!(await becomesReady(watched, isReady, 25)))
    throw new Error(`The embedded Postgres did not start: ${watched.why()}`)
  return {
    stop: async () => {
      child.kill('SIGINT')
      await watched.ended
    },
  }
}
