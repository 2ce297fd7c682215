/** Edits of the same thing closer together than this are one step back. */
const coalesceMs = 800

/** The most steps back that are kept. */
const depth = 300

/** A value with the way back and the way forth. */
export interface History<T> {
  readonly past: readonly T[]
  readonly present: T
  readonly future: readonly T[]
  /** What the last edit touched and when, so that typing in one field is one step. */
  readonly last: { tag: string; at: number } | null
}

/** A history that starts at a value. */
export function startHistory<T>(present: T): History<T> {
  return { past: [], present, future: [], last: null }
}

/**
 * Records an edit. Edits with the same `tag` less than 800 ms apart merge into one step;
 * an edit without a tag always is a step of its own. The same value again changes nothing.
 */
export function record<T>(history: History<T>, present: T, tag?: string, now = Date.now()): History<T> {
  if (present === history.present) return history
  const merges = tag !== undefined && history.last?.tag === tag && now - history.last.at < coalesceMs
  return {
    past: merges ? history.past : [...history.past.slice(-(depth - 1)), history.present],
    present,
    future: [],
    last: tag === undefined ? null : { tag, at: now },
  }
}

/** One step back; at the start nothing changes. */
export function undo<T>(history: History<T>): History<T> {
  const previous = history.past.at(-1)
  if (previous === undefined) return history
  return {
    past: history.past.slice(0, -1),
    present: previous,
    future: [history.present, ...history.future],
    last: null,
  }
}

/** One step forth; at the end nothing changes. */
export function redo<T>(history: History<T>): History<T> {
  const [next, ...future] = history.future
  if (next === undefined) return history
  return { past: [...history.past, history.present], present: next, future, last: null }
}
