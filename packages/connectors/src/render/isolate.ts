import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { RenderAnswer, RenderJob } from './child.ts'

const startTimeoutMs = 20_000
const graceMs = 50
const entry = fileURLToPath(new URL('./child.mjs', import.meta.url))

/** Why there was no answer: killed at the deadline, the process died (memory mostly), or it was not asked. */
export type IsolateEnd = 'deadline' | 'died' | 'struck_out'

/**
 * One process that answers one job at a time and dies rather than overrun. A process and not a thread:
 * V8 ends the whole process when one allocation passes a thread's heap limit.
 */
export class Isolate {
  /** Keys of templates this process has seen. */
  readonly known = new Set<string>()
  busy = false
  dead = false
  readonly #child: ChildProcess
  readonly #ready: Promise<void>
  #settle: ((answer: RenderAnswer | IsolateEnd) => void) | null = null

  constructor(memoryMb: number) {
    const { TMPDIR } = process.env
    this.#child = fork(entry, [], {
      execArgv: [`--max-old-space-size=${memoryMb}`],
      env: TMPDIR ? { TMPDIR } : {},
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    this.#child.on('message', (answer) => this.#settle?.(answer as RenderAnswer))
    this.#child.on('error', () => this.#end('died'))
    this.#child.on('exit', () => this.#end('died'))
    this.#ready = this.#exchange(startTimeoutMs).then((answer) => {
      if (answer !== 'ready') throw new Error(`The rendering process did not start: ${String(answer)}.`)
    })
    this.#ready.catch(() => this.kill())
    this.#rest()
  }

  /** Asks one thing; the deadline counts from when the process is up. Throws when it never comes up. */
  async ask(job: RenderJob, deadlineMs: number): Promise<RenderAnswer | IsolateEnd> {
    this.busy = true
    this.#child.ref()
    this.#child.channel?.ref()
    try {
      await this.#ready
      const answer = this.#exchange(deadlineMs)
      if (!this.dead) this.#child.send(job)
      return await answer
    } finally {
      this.busy = false
      this.#rest()
    }
  }

  /** Ends the process at once. */
  kill(): void {
    this.#end('died')
  }

  /** An idle process does not keep its parent alive. */
  #rest(): void {
    this.#child.unref()
    this.#child.channel?.unref()
  }

  #exchange(deadlineMs: number): Promise<RenderAnswer | IsolateEnd> {
    return new Promise((resolve) => {
      if (this.dead) return resolve('died')
      let timer = setTimeout(() => {
        // if this process itself was stalled, the answer may be waiting to be read
        timer = setTimeout(() => this.#end('deadline'), graceMs)
      }, deadlineMs)
      this.#settle = (answer) => {
        clearTimeout(timer)
        this.#settle = null
        resolve(answer)
      }
    })
  }

  #end(end: IsolateEnd): void {
    this.dead = true
    this.#child.kill('SIGKILL')
    this.#settle?.(end)
  }
}
