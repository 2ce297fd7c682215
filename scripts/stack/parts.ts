import { join } from 'node:path'
import type { Ports } from '../machine/ports.ts'
import type { PostgresServer } from '../programs/postgres.ts'
import type { TemporalServer } from '../programs/temporal.ts'
import { root } from '../runs/run-once.ts'
import { vitePath } from '../runs/web-build.ts'
import type { Part } from './keeper.ts'
import { problemInJson, problemInPostgres } from './log.ts'

const bareEnv: NodeJS.ProcessEnv = { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' }
const watchParent = join(import.meta.dirname, 'parent-watch.mjs')

/** The supervised part of an embedded Postgres. */
export function postgresPart(server: PostgresServer): Part {
  return {
    name: 'postgres',
    command: server.command,
    args: server.args,
    env: bareEnv,
    cwd: '/',
    user: server.user,
    listens: { postgres: server.port },
    stopSignal: 'SIGINT',
    isReady: (pid) => server.isReady(pid),
    readyWithinMs: 120_000,
    problem: problemInPostgres,
  }
}

/** The supervised part of a Temporal dev server. */
export function temporalPart(server: TemporalServer): Part {
  return {
    name: 'temporal',
    command: server.command,
    args: server.args,
    env: { ...bareEnv, HOME: process.env.HOME },
    cwd: root,
    listens: { temporal: server.port },
    stopSignal: 'SIGTERM',
    isReady: () => server.isReady(),
    readyWithinMs: 90_000,
    problem: (line, fromStderr) => (fromStderr && /\bfatal\b|panic:/i.test(line) ? line : null),
  }
}

async function answersOk(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(3_000) })).ok
  } catch {
    return false
  }
}

function nodePart(
  name: string,
  args: string[],
  env: NodeJS.ProcessEnv,
  verbose: boolean,
): Omit<Part, 'isReady'> {
  return {
    name,
    command: process.execPath,
    args: ['--import', watchParent, '--import', 'tsx', ...args],
    env,
    cwd: root,
    channel: true,
    stopSignal: 'SIGTERM',
    readyWithinMs: 90_000,
    problem: (line, fromStderr) =>
      verbose ? line : (problemInJson(line) ?? (fromStderr && !line.startsWith('{') ? line : null)),
  }
}

/** The supervised part of the HTTP API; ready when it says on its channel that it listens and /readyz agrees. */
export function apiPart(env: NodeJS.ProcessEnv, ports: Ports, verbose: boolean): Part {
  const url = `http://${hostToAsk(env.API_HOST)}:${ports.api}/readyz`
  return {
    ...nodePart('api', ['apps/api/src/server.ts'], env, verbose),
    listens: { api: ports.api },
    isReady: async (_pid, said) => said && (await answersOk(url)),
  }
}

/** Where the API can be asked from this machine when it listens on `host`. */
function hostToAsk(host: string | undefined): string {
  if (!host || host === '0.0.0.0' || host === '::') return '127.0.0.1'
  return host.includes(':') ? `[${host}]` : host
}

/** The supervised part of the Temporal worker; ready when it says so on its channel and its health page agrees. */
export function workerPart(env: NodeJS.ProcessEnv, ports: Ports, verbose: boolean): Part {
  const url = `http://127.0.0.1:${ports.worker}/readyz`
  return {
    ...nodePart('worker', ['apps/worker/src/worker.ts'], env, verbose),
    listens: { worker: ports.worker, mailbox: ports.mailbox },
    isReady: async (_pid, said) => said && (await answersOk(url)),
  }
}

/** The supervised part of Vite's development server, used by `--dev` only. */
export function webPart(env: NodeJS.ProcessEnv, ports: Ports): Part {
  const args = ['--import', watchParent, vitePath(), '--port', String(ports.web), '--strictPort']
  return {
    ...nodePart('web', [], env, true),
    args: [...args, '--host', '127.0.0.1'],
    cwd: join(root, 'apps/web'),
    listens: { web: ports.web },
    isReady: () => answersOk(`http://127.0.0.1:${ports.web}/`),
  }
}
