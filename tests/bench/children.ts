import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** A process of the bench that works. */
export interface Child {
  pid: number
  /** Asks the process something and resolves with its answer. */
  ask(question: string): Promise<unknown>
  stop(): Promise<void>
}

const patienceMs = 90_000

/** Starts a file of this folder in a process of its own and resolves when it says "ready". */
export async function startChild(file: string, env: NodeJS.ProcessEnv): Promise<Child> {
  const profile = process.env.BENCH_PROFILE
  const child: ChildProcess = fork(fileURLToPath(new URL(file, import.meta.url)), {
    execArgv: ['--import', 'tsx', ...(profile ? ['--cpu-prof', `--cpu-prof-dir=${profile}`] : [])],
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${file} was not ready within 90 s`)), patienceMs)
    child.once('message', () => {
      clearTimeout(timer)
      resolve()
    })
    child.once('exit', (code) => reject(new Error(`${file} ended with ${code} before it worked`)))
  })
  return {
    pid: child.pid ?? 0,
    ask: (question) =>
      new Promise((resolve, reject) => {
        child.once('message', resolve)
        child.send(question, (error) => error && reject(error))
      }),
    async stop() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM')
      await ended
    },
  }
}
