import { spawn, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { becomesReady, watchChild } from './watched-child.ts'

/** How to start one Temporal dev server, and how to know it answers. */
export interface TemporalServer {
  command: string
  args: string[]
  port: number
  address: string
  isReady(): boolean
}

/** Says how to start a Temporal dev server that keeps everything in one file under `home`. */
export function prepareTemporal(options: { cli: string; home: string; port: number }): TemporalServer {
  const { cli, home, port } = options
  const address = `127.0.0.1:${port}`
  const args = ['server', 'start-dev', '--headless', '--ip', '127.0.0.1', '--port', String(port)]
  args.push('--db-filename', join(home, 'temporal.db'), '--log-level', 'error')
  args.push('--sqlite-pragma', 'journal_mode=wal', '--sqlite-pragma', 'synchronous=1')
  return { command: cli, args, port, address, isReady: () => answers(cli, address) }
}

function answers(cli: string, address: string): boolean {
  const args = ['operator', 'namespace', 'describe', '--namespace', 'default', '--command-timeout', '2s']
  return spawnSync(cli, [...args, '--address', address], { stdio: 'ignore', timeout: 5_000 }).status === 0
}

/** Keeps closed histories of the trial server for a day: its file would otherwise grow without bound. */
export function limitRetention(cli: string, address: string): void {
  const args = ['operator', 'namespace', 'update', '--namespace', 'default', '--retention', '24h']
  const answer = spawnSync(cli, [...args, '--address', address], { encoding: 'utf8', timeout: 20_000 })
  if (answer.status !== 0)
    throw new Error(`Temporal did not accept a retention of 24 hours: ${answer.stderr.trim()}`)
}

/** A server that runs outside the supervisor. */
export interface RunningTemporal {
  pid: number
  stop(): Promise<void>
}

const mostStarts = 5

/** Starts a prepared server outside the supervisor (for tests) and resolves when it answers. */
export async function runTemporal(server: TemporalServer): Promise<RunningTemporal> {
  for (let start = 1; ; start += 1) {
    const answer = await runOnce(server)
    if ('pid' in answer) return answer
    // It chooses ports of its own for its parts, and another program may take one of them meanwhile.
    if (start < mostStarts && /address already in use/.test(answer.said)) continue
    throw new Error(`The Temporal dev server did not start: ${answer.said}`)
  }
}

async function runOnce(server: TemporalServer): Promise<RunningTemporal | { said: string }> {
  const child = spawn(server.command, server.args, { stdio: ['ignore', 'ignore', 'pipe'] })
  const watched = watchChild(child)
  if (!(await becomesReady(watched, server.isReady, 100))) return { said: watched.why() }
  return {
    pid: child.pid ?? 0,
    stop: async () => {
      child.kill('SIGTERM')
      const timer = setTimeout(() => child.kill('SIGKILL'), 10_000)
      await watched.ended
      clearTimeout(timer)
    },
  }
}
