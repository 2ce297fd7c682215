/** The points of a session where a fault can strike. */
export type FaultPoint = 'greeting' | 'auth' | 'mail' | 'rcpt' | 'data' | 'body' | 'dot'

/**
 * One scripted behaviour, used up when its point is reached: a reply of our choice, silence, a cut, or
 * (at the dot only) a message that is accepted and then neither answered nor, with `cut`, kept company.
 */
export type Fault =
  | { at: 'dot'; do: 'accept' | 'accept-then-hang' | 'accept-then-cut' }
  | { at: 'dot'; do: 'accept-late'; afterMs: number }
  | { at: FaultPoint; do: 'hang' | 'cut' }
  | { at: Exclude<FaultPoint, 'body'>; do: 'reply'; reply: string }

/** A message the fake took responsibility for. */
export interface LedgerEntry {
  from: string
  to: string[]
  messageId: string
  raw: string
}

/** How strict the fake is and what it demands. */
export interface FakeSmtpOptions {
  user?: string
  password?: string
  pipelining?: boolean
  /** Refuses the first attempt of each sender and recipient pair, as greylisting servers do. */
  greylist?: boolean
  maxSize?: number
}

/** What a session needs of the server it belongs to. */
export interface SessionHost {
  readonly options: FakeSmtpOptions
  readonly ledger: LedgerEntry[]
  /** The fault that strikes at this point, taken off the script. */
  take(point: FaultPoint): Fault | undefined
  /** True for the first attempt of a pair when greylisting. */
  greylists(from: string, to: string): boolean
}
