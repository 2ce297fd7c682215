import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { anyFreePort } from '../../scripts/machine/ports.ts'
import { makeThrowaway, removeThrowaway } from '../../scripts/runs/throwaway.ts'
import { withoutSettings } from '../../scripts/stack/env.ts'

const root = join(import.meta.dirname, '../..')
const watchParent = join(root, 'scripts/stack/parent-watch.mjs')

/** A Tropa started by its own command on its own home, to be stopped, killed and started again. */
export interface OwnStack {
  address: string
  start(): Promise<void>
  /** SIGTERM to the command, as Ctrl+C or a service manager does; resolves with its exit code. */
  stop(): Promise<number | null>
  /** SIGKILL to the command and everything it started, at once. */
  killAll(): Promise<void>
  /** Sends a signal to one of the processes it started: “worker”, “temporal”. */
  signal(child: string, signal: NodeJS.Signals): void
  remove(): Promise<void>
}

function startingWith(home: string, port: number, settings: NodeJS.ProcessEnv): ChildProcess {
  // What the stack of the other stories was told must not reach a second one.
  const { NODE_ENV: _, ...outside } = withoutSettings(process.env)
  const env = { ...outside, TROPA_DEMO: '1', ...settings }
  const args = ['scripts/start.mjs', '--home', home, '--port', String(port)]
  return spawn(process.execPath, ['--import', watchParent, ...args], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
}

/** Kills a process that may have ended with its parent a moment ago. */
function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** Makes an own stack, with settings of its own; nothing runs until `start`. */
export async function ownStack(settings: NodeJS.ProcessEnv = {}): Promise<OwnStack> {
  const home = makeThrowaway('tropa-own-')
  const port = await anyFreePort()
  let command: ChildProcess | null = null
  const ended = (child: ChildProcess) =>
    new Promise<number | null>((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) resolve(child.exitCode)
      else child.once('exit', (code) => resolve(code))
    })
  const stop = async () => {
    if (!command) return null
    const child = command
    command = null
    child.kill('SIGTERM')
    return ended(child)
  }
  const children = () =>
    (
      JSON.parse(readFileSync(join(home, 'run.json'), 'utf8')) as {
        children: { name: string; pid: number }[]
      }
    ).children
  return {
    address: `http://localhost:${port}`,
    stop,
    signal: (name, signal) => {
      const child = children().find((one) => one.name === name)
      if (!child) throw new Error(`The stack runs no ${name}.`)
      process.kill(child.pid, signal)
    },
    start: () =>
      new Promise((resolve, reject) => {
        const child = startingWith(home, port, settings)
        command = child
        let said = ''
        const read = (chunk: Buffer) => {
          said += chunk.toString()
          if (said.includes('Tropa is ready at')) resolve()
        }
        child.stdout?.on('data', read)
        child.stderr?.on('data', read)
        child.once('exit', (code) => reject(new Error(`The stack ended with ${code}: ${said}`)))
      }),
    killAll: async () => {
      if (!command) throw new Error('Nothing runs that could be killed.')
      const child = command
      command = null
      const others = children()
      child.kill('SIGKILL')
      for (const { pid } of others) killIfThere(pid)
      await ended(child)
    },
    remove: async () => {
      await stop()
      removeThrowaway(home)
    },
  }
}
