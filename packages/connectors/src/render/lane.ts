import type { RenderAnswer, RenderJob } from './child.ts'
import { Isolate, type IsolateEnd } from './isolate.ts'

/** Makes the job when its turn comes, or answers at once without troubling the process. */
type JobMaker = (isolate: Isolate) => RenderJob | IsolateEnd

interface Pending {
  job: JobMaker
  deadlineMs: number
  onEnd: (end: IsolateEnd) => void
  resolve(answer: RenderAnswer | IsolateEnd): void
  reject(error: unknown): void
}

/** A few rendering processes and the queue before them. */
export class Lane {
  killed = 0
  readonly #size: number
  readonly #memoryMb: number
  #isolates: Isolate[] = []
  readonly #queue: Pending[] = []
  readonly #idleMs: number
  #idleTimer: NodeJS.Timeout | undefined
  #closed = false

  constructor(size: number, memoryMb: number, idleMs: number) {
    this.#idleMs = idleMs
    this.#size = size
    this.#memoryMb = memoryMb
  }

  /** Answers in turn; `onEnd` hears of a killed process before the next job is made. */
  run(
    job: JobMaker,
    deadlineMs: number,
    onEnd: (end: IsolateEnd) => void = () => undefined,
  ): Promise<RenderAnswer | IsolateEnd> {
    if (this.#closed) return Promise.reject(new Error('The renderer is closed.'))
    clearTimeout(this.#idleTimer)
    return new Promise((resolve, reject) => {
      this.#queue.push({ job, deadlineMs, onEnd, resolve, reject })
      this.#pump()
    })
  }

  /** How many processes stand ready or work. */
  size(): number {
    return this.#isolates.filter((isolate) => !isolate.dead).length
  }

  close(): void {
    this.#closed = true
    clearTimeout(this.#idleTimer)
    this.#stopAll()
    for (const pending of this.#queue.splice(0)) pending.reject(new Error('The renderer is closed.'))
  }

  #stopAll(): void {
    for (const isolate of this.#isolates.splice(0)) isolate.kill()
  }

  #pump(): void {
    while (this.#queue.length > 0) {
      const isolate = this.#free()
      const pending = isolate && this.#queue.shift()
      if (!isolate || !pending) return
      const job = pending.job(isolate)
      if (typeof job === 'string') pending.resolve(job)
      else void this.#serve(isolate, pending, job)
    }
  }

  #free(): Isolate | undefined {
    this.#isolates = this.#isolates.filter((isolate) => !isolate.dead)
    const idle = this.#isolates.find((isolate) => !isolate.busy)
    if (idle || this.#isolates.length >= this.#size) return idle
    const fresh = new Isolate(this.#memoryMb)
    this.#isolates.push(fresh)
    return fresh
  }

  async #serve(isolate: Isolate, pending: Pending, job: RenderJob): Promise<void> {
    try {
      const answer = await isolate.ask(job, pending.deadlineMs)
      if (answer === 'deadline' || answer === 'died') pending.onEnd(answer)
      pending.resolve(answer)
    } catch (error) {
      pending.reject(error)
    }
    if (isolate.dead) this.killed += 1
    this.#pump()
    if (this.#isolates.every((one) => !one.busy)) {
      clearTimeout(this.#idleTimer)
      this.#idleTimer = setTimeout(() => this.#stopAll(), this.#idleMs).unref()
    }
  }
}
