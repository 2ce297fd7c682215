import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { identify, type ProcessIdentity, stillRuns } from './process-identity.ts'

const defaultFolder = join(tmpdir(), 'tropa-ports')

function ownerOf(file: string): ProcessIdentity | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ProcessIdentity
  } catch {
    return null
  }
}

/**
 * Promises a port to this process for as long as it lives, and says whether that worked. Several copies that start
 * at the same moment would otherwise choose the same free port, which each listens on only seconds later.
 */
export function promisePort(port: number, folder = defaultFolder): boolean {
  const me = identify(process.pid)
  try {
    mkdirSync(folder)
    chmodSync(folder, 0o1777)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return true
  }
  const file = join(folder, String(port))
  const owner = ownerOf(file)
  if (owner && me && owner.pid === me.pid && owner.startedAt === me.startedAt) return true
  if (owner && stillRuns(owner)) return false
  const draft = `${file}.${process.pid}`
  try {
    writeFileSync(draft, JSON.stringify(me))
    rmSync(file, { force: true })
    linkSync(draft, file)
    return true
  } catch (error) {
    // Somebody else promised it this moment, or left a stale promise we may not replace.
    const code = (error as NodeJS.ErrnoException).code
    return code !== 'EEXIST' && code !== 'EPERM' && code !== 'EACCES'
  } finally {
    rmSync(draft, { force: true })
  }
}
