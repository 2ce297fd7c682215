import type { Database } from '@tropa/db'
import type pg from 'pg'

/** What an import works with; `beat` throws when the work is to stop. */
export interface ImportDeps {
  db: Database
  pool: pg.Pool
  beat: () => void
  /** Moves a test enrollment whose time has come on the clock of its run; throws when it cannot be moved now. */
  moveTest: (enrollment: { id: string; workspaceId: string }) => Promise<void>
  /** Rows per transaction. */
  pageRows?: number
}

export interface ImportTarget {
  workspaceId: string
  importId: string
}

/** What whoever runs an import does next: nothing more, or wait until a member lets it go on. */
export interface Stop {
  next: 'end' | 'wait'
}
