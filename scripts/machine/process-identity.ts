import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** A process as it can be recognised later: a pid alone may have been given to another program since. */
export interface ProcessIdentity {
  pid: number
  startedAt: string
}

/** The start moment of a running process as the system tells it, or null when no such process runs. */
export function startMoment(pid: number): string | null {
  if (process.platform === 'linux') {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      return fields[0] === 'Z' ? null : (fields[19] ?? null)
    } catch {
      return null
    }
  }
  const answer = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' })
  return answer.stdout?.trim() || null
}

/** The identity of a running process, or null when it has already ended. */
export function identify(pid: number): ProcessIdentity | null {
  const startedAt = startMoment(pid)
  return startedAt === null ? null : { pid, startedAt }
}

/** Whether exactly this process, not a later one with the same pid, still runs. */
export function stillRuns(identity: ProcessIdentity): boolean {
  return startMoment(identity.pid) === identity.startedAt
}

/** Ends a process with a signal and, after `graceMs`, with SIGKILL; resolves when it is gone. */
export async function endProcess(
  identity: ProcessIdentity,
  signal: NodeJS.Signals,
  graceMs: number,
): Promise<void> {
  const deadline = Date.now() + graceMs
  let sent: NodeJS.Signals | null = null
  while (stillRuns(identity)) {
    const wanted: NodeJS.Signals = Date.now() < deadline ? signal : 'SIGKILL'
    if (sent !== wanted) {
      sent = wanted
      try {
        process.kill(identity.pid, wanted)
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ESRCH') return
        throw error
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
