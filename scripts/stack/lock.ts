import { closeSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { identify, type ProcessIdentity, stillRuns } from '../machine/process-identity.ts'

/** What a running Tropa says about itself in its home. */
export interface RunRecord {
  owner: ProcessIdentity
  address: string | null
  children: (ProcessIdentity & { name: string })[]
}

/** The hold of this process on a home. */
export interface HomeLock {
  /** Processes a killed earlier start left running. */
  leftovers: (ProcessIdentity & { name: string })[]
  update(change: Partial<Pick<RunRecord, 'address' | 'children'>>): void
  release(): void
}

/** Either the lock, or the record of the Tropa that already runs on this home. */
export type LockAnswer = { lock: HomeLock } | { running: RunRecord }

function readRecord(file: string): RunRecord | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as RunRecord
  } catch {
    return null
  }
}

function writeRecord(file: string, record: RunRecord): void {
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, JSON.stringify(record, null, 2))
  renameSync(draft, file)
}

/** Runs `work` while no other process is in the same section; a section left by a killed process lapses. */
async function alone<T>(file: string, work: () => T): Promise<T> {
  for (;;) {
    try {
      closeSync(openSync(file, 'wx'))
      break
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
    const made = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()
    if (Date.now() - made > 5_000) rmSync(file, { force: true })
    else await new Promise((resolve) => setTimeout(resolve, 20))
  }
  try {
    return work()
  } finally {
    rmSync(file, { force: true })
  }
}

/** Takes the home for this process, or tells who has it. A lock whose owner was killed is taken over. */
export function lockHome(home: string): Promise<LockAnswer> {
  const file = join(home, 'run.json')
  return alone(join(home, 'run.lock'), () => {
    const before = readRecord(file)
    if (before && stillRuns(before.owner)) return { running: before }
    const owner = identify(process.pid)
    if (!owner)
      throw new Error('This system does not tell when a process started; Tropa cannot lock its home.')
    let record: RunRecord = { owner, address: null, children: before?.children ?? [] }
    writeRecord(file, record)
    const lock: HomeLock = {
      leftovers: (before?.children ?? []).filter(stillRuns),
      update: (change) => {
        record = { ...record, ...change }
        writeRecord(file, record)
      },
      release: () => rmSync(file, { force: true }),
    }
    return { lock }
  })
}
