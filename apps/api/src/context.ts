import type { Database } from '@tropa/db'
import type { Pool } from 'pg'
import type { Action, Role } from './access.ts'
import type { Auth } from './auth.ts'
import type { Engine } from './engine.ts'
import type { Logger } from './log.ts'

/** What this installation was told at its start. */
export interface Installation {
  /** Public origin of the web. */
  baseUrl: string
  /** Origins whose cookie requests are taken: the public one and, on one's own machine, its other name. */
  origins: string[]
  secret: string
  /** Port of the built-in mailbox's SMTP server; null when there is none. */
  mailboxPort: number | null
  smtpUrl: string | null
  /** Whether the demo workspace may be offered on the sign-in page. */
  demo: boolean
  /** Folder of the built web; null when something else serves it. */
  webRoot: string | null
}

/** Everything a route may touch, passed in by whoever builds the app. */
export interface Deps {
  db: Database
  pool: Pool
  auth: Auth
  engine: Engine
  log: Logger
  installation: Installation
  /** Whether the process has been told to stop. */
  draining: () => boolean
}

/** What the audit list says about a change, beyond who, when and which action. */
export interface AuditNote {
  objectId?: string
  detail?: Record<string, unknown>
}

/** The variables routes find in their context. */
export interface ApiEnv {
  Variables: {
    deps: Deps
    requestId: string
    failureCode?: string
    user: { id: string; name: string; email: string }
    workspaceId: string
    role: Role
    action: Action
    /** Whether the call's audit row is written. */
    recorded: boolean
  }
}
