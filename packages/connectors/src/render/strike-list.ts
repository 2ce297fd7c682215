const strikesOut = 6
const restMs = 60_000
const maxKeys = 1_000

/** Remembers templates that were stopped, so that one bad template cannot hold up everybody's mail. */
export class StrikeList {
  readonly #strikes = new Map<string, { count: number; until: number }>()

  /** Counts a stop; the sixth within a minute of the last sends the template to rest for a minute. */
  add(key: string): void {
    const count = (this.#current(key)?.count ?? 0) + 1
    this.#strikes.delete(key)
    this.#strikes.set(key, { count, until: Date.now() + restMs })
    const oldest = this.#strikes.size > maxKeys ? this.#strikes.keys().next().value : undefined
    if (oldest !== undefined) this.#strikes.delete(oldest)
  }

  out(key: string): boolean {
    return (this.#current(key)?.count ?? 0) >= strikesOut
  }

  #current(key: string): { count: number; until: number } | undefined {
    const found = this.#strikes.get(key)
    return found && found.until > Date.now() ? found : undefined
  }
}
