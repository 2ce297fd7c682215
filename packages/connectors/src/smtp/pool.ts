import { SmtpFailure } from './failure.ts'
import type { SmtpSession } from './session.ts'

/** How many sessions a pool keeps and for how long. */
export interface PoolLimits {
  maxSessions: number
  /** A session is replaced after this many messages; many servers drop it at 100. */
  maxMessages: number
  idleMs: number
}

interface Waiter {
  resolve(session: SmtpSession | null): void
  timer: NodeJS.Timeout
}

/** Sessions to one server, opened on demand, reused last in first out, closed when idle. */
export class SmtpPool {
  readonly #open: (timeoutMs: number) => Promise<SmtpSession>
  readonly #limits: PoolLimits
  readonly #idle = new Map<SmtpSession, NodeJS.Timeout>()
  readonly #waiters: Waiter[] = []
  #held = 0
  #closed = false

  constructor(open: (timeoutMs: number) => Promise<SmtpSession>, limits: PoolLimits) {
    this.#open = open
    this.#limits = limits
  }

  /** Lends a session; `fresh` skips the idle ones. Rejects with `SmtpFailure` at the deadline. */
  async acquire(deadline: number, fresh: boolean): Promise<SmtpSession> {
    const idle = fresh ? undefined : [...this.#idle.keys()].pop()
    if (idle) return this.#take(idle)
    if (this.#held + this.#idle.size >= this.#limits.maxSessions) {
      if (fresh && this.#idle.size > 0) this.#dropIdle([...this.#idle.keys()][0])
      else {
        const handed = await this.#wait(deadline)
        if (handed) return handed
      }
    }
    return this.#openOne(deadline)
  }

  /** Takes a session back; a dead, worn or unwanted one makes room for the next waiter. */
  release(session: SmtpSession): void {
    const worn = session.dead || this.#closed || session.messages >= this.#limits.maxMessages
    const waiter = this.#waiters.shift()
    if (waiter) clearTimeout(waiter.timer)
    if (worn) session.quit()
    if (waiter) {
      waiter.resolve(worn ? null : session)
      return
    }
    this.#held -= 1
    if (!worn) this.#rest(session)
  }

  /** Ends the idle sessions; lent ones end when they come back. */
  close(): void {
    this.#closed = true
    for (const session of [...this.#idle.keys()]) this.#dropIdle(session)
  }

  async #openOne(deadline: number): Promise<SmtpSession> {
    this.#held += 1
    try {
      return await this.#open(Math.max(1, deadline - Date.now()))
    } catch (failure) {
      this.#passOn()
      throw failure
    }
  }

  /** Gives the place of a session that never opened to the next waiter, who opens its own. */
  #passOn(): void {
    this.#held -= 1
    const waiter = this.#waiters.shift()
    if (waiter) {
      clearTimeout(waiter.timer)
      this.#held += 1
      waiter.resolve(null)
    }
  }

  /** Resolves with a handed-over session, or null when a place became free; the place is already held. */
  async #wait(deadline: number): Promise<SmtpSession | null> {
    const handed = await new Promise<SmtpSession | null>((resolve, reject) => {
      const timer = setTimeout(
        () => {
          const at = this.#waiters.indexOf(waiter)
          if (at >= 0) this.#waiters.splice(at, 1)
          reject(new SmtpFailure('connect', 'busy'))
        },
        Math.max(1, deadline - Date.now()),
      )
      const waiter: Waiter = { resolve, timer }
      this.#waiters.push(waiter)
    })
    if (!handed) this.#held -= 1
    return handed
  }

  #take(session: SmtpSession): SmtpSession {
    clearTimeout(this.#idle.get(session))
    this.#idle.delete(session)
    this.#held += 1
    session.onEnd = () => undefined
    return session
  }

  #rest(session: SmtpSession): void {
    const timer = setTimeout(() => this.#dropIdle(session), this.#limits.idleMs)
    timer.unref()
    this.#idle.set(session, timer)
    session.onEnd = () => this.#dropIdle(session)
  }

  #dropIdle(session: SmtpSession | undefined): void {
    if (!session || !this.#idle.has(session)) return
    clearTimeout(this.#idle.get(session))
    this.#idle.delete(session)
    session.onEnd = () => undefined
    session.quit()
  }
}
