import type { ChildProcess } from 'node:child_process'

/** A server started as a child, and how to learn that it has ended and why. */
export interface WatchedChild {
  child: ChildProcess
  /** Resolves when it has ended, by itself or by a signal, or could not be started at all. */
  ended: Promise<void>
  /** The last of what it said; without a word, how it ended. */
  why(): string
  hasEnded(): boolean
}

const readyWithinMs = 60_000
/** What it said last may still be on its way; a program it left behind may hold the pipe open for longer. */
const lastWordsMs = 1_000

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/** Watches a child that has just been spawned with its stderr as a pipe. */
export function watchChild(child: ChildProcess): WatchedChild {
  let said = ''
  let unstarted: Error | undefined
  child.stderr?.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-4000)
  })
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve(Promise.race([closed, pause(lastWordsMs)])))
    child.on('error', (error) => {
      if (child.pid !== undefined) return
      unstarted = error
      resolve()
    })
  })
  const outcome = () =>
    child.signalCode ? `it was ended by ${child.signalCode}` : `it ended with exit code ${child.exitCode}`
  return {
    child,
    ended,
    why: () => unstarted?.message ?? (said.trim() || outcome()),
    hasEnded: () => unstarted !== undefined || child.exitCode !== null || child.signalCode !== null,
  }
}

/** Whether a child answers before it ends or a minute is over; one that does not is no longer running afterwards. */
export async function becomesReady(
  { child, ended, hasEnded }: WatchedChild,
  isReady: () => boolean,
  everyMs: number,
): Promise<boolean> {
  const deadline = Date.now() + readyWithinMs
  while (!hasEnded() && Date.now() < deadline) {
    if (isReady()) return true
    await pause(everyMs)
  }
  if (!hasEnded()) child.kill('SIGKILL')
  await ended
  return false
}
