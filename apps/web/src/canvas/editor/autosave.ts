import { canonicalJson, type Graph } from '@tropa/journey'

/** The draft somebody else saved meanwhile. */
export interface Stale {
  ok: false
  because: 'stale'
  revision: number
  graph: Graph
  savedBy: string | null
  savedAt: string | null
}

/** How a save ended. */
export type SaveAnswer =
  | { ok: true; revision: number }
  | Stale
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
  onSaved?: (graph: Graph, revision: number) => void
  /** Waits this long after a change; the default keeps "saved within 2 s" with room for the request. */
  delayMs?: number
  retryMs?: number
}

/**
 * Saves a draft a moment after its last change, one request at a time, with the revision it is based on.
 * A lost connection is tried again; a stale revision stops saving until `settle`; nothing typed is ever dropped.
 */
export class Autosave {
  readonly #options: Required<AutosaveOptions>
  #saved: Graph
  #current: Graph
  #revision: number
  /** What was sent without an answer: the server may have it all the same. */
  #unanswered: Graph[] = []
  #state: SaveState = { at: 'saved' }
  #timer: ReturnType<typeof setTimeout> | undefined
  #running: Promise<void> | undefined
  #stopped = false

  constructor(options: AutosaveOptions) {
    this.#options = { delayMs: 700, retryMs: 3000, onSaved: () => undefined, ...options }
    this.#saved = options.graph
    this.#current = options.graph
    this.#revision = options.revision
  }

  /** The revision of the last draft known to be on the server. */
  get revision(): number {
    return this.#revision
  }

  /** Tells of the graph as it is now; the same graph as saved needs no request. */
  changed(graph: Graph): void {
    this.#current = graph
    if (this.#state.at === 'conflict') return
    if (graph === this.#saved && !this.#running) {
      this.#show({ at: 'saved' })
    } else if (this.#state.at !== 'offline') {
      if (this.#state.at !== 'saving') this.#show({ at: 'changed' })
      this.#later(this.#options.delayMs)
    }
  }

  /** Saves what is unsaved now; resolves when nothing more can be done. */
  async flush(): Promise<SaveState> {
    if (this.#running) {
      await this.#running
      if (this.#state.at === 'offline') return this.#state
    }
    await this.#write()
    if (this.#state.at === 'changed') await this.#write()
    return this.#state
  }

  /** Begins a conflict: nothing is saved until `settle`. */
  meet({ revision, graph: theirs, savedBy, savedAt }: Stale): void {
    this.#show({ at: 'conflict', revision, theirs, savedBy, savedAt })
  }

  /** Ends a conflict: writes over theirs, or takes theirs as the saved state. */
  settle(choice: 'mine' | 'theirs'): void {
    if (this.#state.at !== 'conflict') return
    const { theirs, revision } = this.#state
    if (choice === 'theirs') {
      this.adopt(theirs, revision)
      return
    }
    this.#saved = theirs
    this.#revision = revision
    this.#show({ at: 'changed' })
    this.#later(0)
  }

  /** Takes a draft that the server has changed as the saved state. */
  adopt(graph: Graph, revision: number): void {
    clearTimeout(this.#timer)
    this.#saved = graph
    this.#current = graph
    this.#revision = revision
    this.#show({ at: 'saved' })
  }

  /** Ends all timers; what is unsaved then stays unsaved, so flush first. */
  stop(): void {
    this.#stopped = true
    clearTimeout(this.#timer)
  }

  #show(state: SaveState): void {
    this.#state = state
    if (!this.#stopped) this.#options.onState(state)
  }

  #later(ms: number): void {
    clearTimeout(this.#timer)
    if (!this.#stopped) this.#timer = setTimeout(() => void this.#write(), ms)
  }

  #write(): Promise<void> {
    clearTimeout(this.#timer)
    this.#running ??= this.#attempt().finally(() => {
      this.#running = undefined
    })
    return this.#running
  }

  async #attempt(): Promise<void> {
    if (this.#state.at === 'conflict' || this.#current === this.#saved) return
    const sent = this.#current
    this.#show({ at: 'saving' })
    const answer = await this.#options.save(sent, this.#revision)
    if (answer.ok) return this.#keep(sent, answer.revision)
    if (answer.because === 'stale') {
      const ours = this.#unanswered.find((graph) => canonicalJson(graph) === canonicalJson(answer.graph))
      if (ours) return this.#keep(ours, answer.revision)
      return this.meet(answer)
    }
    if (answer.because === 'refused') return this.#show({ at: 'refused', sentence: answer.sentence })
    this.#unanswered.push(sent)
    this.#show({ at: 'offline' })
    this.#later(this.#options.retryMs)
  }

  #keep(graph: Graph, revision: number): void {
    this.#saved = graph
    this.#revision = revision
    this.#unanswered = []
    this.#options.onSaved(graph, revision)
    const changed = this.#current !== graph
    this.#show({ at: changed ? 'changed' : 'saved' })
    if (changed) this.#later(this.#options.delayMs)
  }
}
