import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from './run-once.ts'

const watchParent = pathToFileURL(join(import.meta.dirname, '../stack/parent-watch.mjs')).href
const graceMs = 30_000
const running = new Map<ChildProcess, NodeJS.Signals>()

/**
 * Runs a Node program of the project with our output as its own, and answers its exit code. It is out of reach of the
 * terminal's Ctrl+C, ends by itself when this process is killed, and is ended by `endChildren` with `stopSignal`.
 */
export function runNode(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  stopSignal: NodeJS.Signals = 'SIGTERM',
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', watchParent, ...args], {
      cwd: root,
      env,
      detached: process.platform !== 'win32',
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    running.set(child, stopSignal)
    const gone = () => running.delete(child)
    child.once('error', (error) => {
      gone()
      reject(error)
    })
    child.once('exit', (code) => {
      gone()
      resolve(code ?? 1)
    })
  })
}

/** Ends what `runNode` runs; after half a minute by force. Resolves when all are gone. */
export async function endChildren(): Promise<void> {
  await Promise.all(
    [...running].map(async ([child, stopSignal]) => {
      const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
      child.kill(stopSignal)
      const timer = setTimeout(() => child.kill('SIGKILL'), graceMs)
      await ended
      clearTimeout(timer)
    }),
  )
}

const numbers = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const

/**
 * Calls `tidy` at the first signal that ends this process, waits for it, and exits with the shell's code for it. The
 * answered function resolves at once, or never when a signal has come: what follows it is not done any more.
 */
export function onEndingSignal(tidy: () => Promise<void>): () => Promise<void> {
  let ending = false
  for (const [signal, number] of Object.entries(numbers))
    process.on(signal, () => {
      if (ending) return
      ending = true
      console.log(`Stopping after ${signal}…`)
      tidy()
        .catch((error: unknown) => console.error(error))
        .finally(() => process.exit(128 + number))
    })
  return () => new Promise((resolve) => (ending ? undefined : resolve()))
}
