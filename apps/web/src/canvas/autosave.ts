import type { Graph } from '@tropa/journey'

/** How a save ended. `stale` brings the draft somebody else saved meanwhile. */
export type SaveAnswer =
  | { ok: true; revision: number }
  | {
      ok: false
      because: 'stale'
      revision: number
      graph: Graph
      savedBy: string | null
      savedAt: string | null
    }
  | { ok: false; because: 'offline' }
  | { ok: false; because: 'refused'; sentence: string }

/** What the member sees of saving. */
export type SaveState =
  | { at: 'saved' }
  | { at: 'changed' }
  | { at: 'saving' }
  | { at: 'offline' }
  | { at: 'refused'; sentence: string }
  | { at: 'conflict'; revision: number; theirs: Graph; savedBy: string | null; savedAt: string | null }

interface AutosaveOptions {
  graph: Graph
  revision: number
  save: (graph: Graph, revision: number) => Promise<SaveAnswer>
  onState: (state: SaveState) => void
  /** Waits this long after a change; the default keeps "saved within 2 s" with room for the request. */
  delayMs?: number
  retryMs?: number
}

export interface Autosave {
  /** Tells of the graph as it is now; the same graph as saved needs no request. */
  changed: (graph: Graph) => void
  /** Saves what is unsaved now; resolves when nothing more can be done. */
  flush: () => Promise<SaveState>
  /** Ends a conflict: writes over theirs, or takes theirs as the saved state. */
  settle: (choice: 'mine' | 'theirs') => void
  stop: () => void
}

/**
 * Saves a draft a moment after its last change, one request at a time, with the revision it is based on.
 * A lost connection is tried again; a stale revision stops saving until `settle`; nothing typed is ever dropped.
 */
export function startAutosave({
  graph,
  revision,
  save,
  onState,
  delayMs = 700,
  retryMs = 3000,
}: AutosaveOptions): Autosave {
  let saved = graph
  let current = graph
  let base = revision
  let state: SaveState = { at: 'saved' }
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: Promise<void> | undefined
  let stopped = false

  const show = (next: SaveState) => {
    state = next
    if (!stopped) onState(next)
  }
  const later = (ms: number) => {
    clearTimeout(timer)
    if (!stopped) timer = setTimeout(() => void write(), ms)
  }
  const write = (): Promise<void> => {
    clearTimeout(timer)
    running ??= attempt().finally(() => {
      running = undefined
    })
    return running
  }
  const attempt = async (): Promise<void> => {
    if (state.at === 'conflict' || current === saved) return
    const sent = current
    show({ at: 'saving' })
    const answer = await save(sent, base)
    if (answer.ok) {
      saved = sent
      base = answer.revision
      if (current === saved) return show({ at: 'saved' })
      show({ at: 'changed' })
      return later(delayMs)
    }
    if (answer.because === 'stale') {
      const { revision: theirRevision, graph: theirs, savedBy, savedAt } = answer
      return show({ at: 'conflict', revision: theirRevision, theirs, savedBy, savedAt })
    }
    if (answer.because === 'refused') return show({ at: 'refused', sentence: answer.sentence })
    show({ at: 'offline' })
    later(retryMs)
  }

  return {
    changed: (next) => {
      current = next
      if (state.at === 'conflict') return
      if (current === saved && !running) return show({ at: 'saved' })
      if (state.at !== 'saving') show(state.at === 'offline' ? state : { at: 'changed' })
      if (state.at !== 'offline') later(delayMs)
    },
    flush: async () => {
      await running
      await write()
      if (state.at === 'changed') await write()
      return state
    },
    settle: (choice) => {
      if (state.at !== 'conflict') return
      base = state.revision
      saved = state.theirs
      if (choice === 'theirs') current = state.theirs
      show(current === saved ? { at: 'saved' } : { at: 'changed' })
      if (current !== saved) later(0)
    },
    stop: () => {
      stopped = true
      clearTimeout(timer)
    },
  }
}
