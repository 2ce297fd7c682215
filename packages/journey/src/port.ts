import type { FactRef } from './condition/schema.ts'

/** An answer from outside; `value` is `undefined` when there is no such value. */
export interface ReadAnswer {
  value: unknown
  /** Where the value came from, in a few words without personal data: `customer`, `events`, `consent 2026-10-03`. */
  source?: string
}

/** The core's only way to look outside. `now` is the wake-up's instant in epoch milliseconds. */
export interface Port {
  read: (ref: FactRef, now: number) => Promise<ReadAnswer>
}

/** One look outside (or at the entry, an event, a saved answer), as kept in the step record. */
export interface ReadRecord {
  fact: string
  params: Record<string, string>
  value: unknown
  missing: boolean
  source: string
}

/** Raised by the recorded port when the core asks for something the record does not hold. */
export class UnrecordedRead extends Error {
  constructor(readonly ref: FactRef) {
    super(`The record holds no answer for ${ref.fact} ${JSON.stringify(ref.params)}`)
  }
}

/** Answers only from recorded reads, in their order; throws `UnrecordedRead` for anything else. */
export function recordedPort(reads: readonly ReadRecord[]): Port {
  const left = [...reads]
  return {
    read: async (ref) => {
      const index = left.findIndex((read) => read.fact === ref.fact && sameParams(read.params, ref.params))
      if (index < 0) throw new UnrecordedRead(ref)
      const [read] = left.splice(index, 1)
      return read?.missing
        ? { value: undefined, source: read.source }
        : { value: read?.value, source: read?.source ?? '' }
    },
  }
}

function sameParams(a: Record<string, string>, b: Record<string, string>): boolean {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)])
  return [...keys].every((key) => a[key] === b[key])
}
