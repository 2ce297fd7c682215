import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { identify, type ProcessIdentity, stillRuns } from '../machine/process-identity.ts'
import { endLeftovers } from '../stack/leftovers.ts'
import { lockHome } from '../stack/lock.ts'

const marks = ['tropa-run-', 'tropa-own-', 'tropa-bench-'] as const

/** What a throwaway folder is for; the folder's name begins with it. */
export type Mark = (typeof marks)[number]

const ownerFile = (folder: string) => join(folder, 'owner.json')

/** Makes a folder that belongs to this process: `sweepThrowaways` of a later one removes it when this one was killed. */
export function makeThrowaway(mark: Mark, parent = tmpdir()): string {
  const folder = mkdtempSync(join(parent, mark))
  // Postgres runs as a user of its own when we are root, and has to reach its files in here.
  chmodSync(folder, 0o711)
  writeFileSync(ownerFile(folder), JSON.stringify(identify(process.pid)))
  return folder
}

/** Removes a throwaway folder with all that is in it. */
export function removeThrowaway(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
}

/** Removes what killed runs left behind: their folders, and the servers that still run in them. */
export async function sweepThrowaways(say: (line: string) => void, parent = tmpdir()): Promise<void> {
  for (const name of readdirSync(parent)) {
    if (!marks.some((mark) => name.startsWith(mark))) continue
    const folder = join(parent, name)
    try {
      const owner = JSON.parse(readFileSync(ownerFile(folder), 'utf8')) as ProcessIdentity
      if (stillRuns(owner)) continue
      for (const home of [folder, join(folder, 'home')])
        if (existsSync(join(home, 'run.json'))) await endHome(home, say)
      removeThrowaway(folder)
    } catch {
      // Another user's folder, or one that is being made or removed this moment: its owner looks after it.
    }
  }
}

async function endHome(home: string, say: (line: string) => void): Promise<void> {
  const answer = await lockHome(home)
  if ('running' in answer) {
    await endLeftovers([{ name: 'supervisor', ...answer.running.owner }], say)
    return endHome(home, say)
  }
  await endLeftovers(answer.lock.leftovers, say)
  answer.lock.release()
}
