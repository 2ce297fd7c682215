import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'

export const root = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..')
const stampFile = join(root, 'node_modules', '.tropa-installed')

/**
 * Why this version of Node cannot run Tropa, in one sentence, or null when it can.
 * @param {string} version
 */
export function nodeProblem(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 11)) return null
  return `Tropa needs Node.js 20.11 or newer and this is ${version}. Install a current one from https://nodejs.org and try again.`
}

/** What the installed tree depends on; when it changes, dependencies are installed again. */
function wantedStamp() {
  const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')))
  return `${hash.digest('hex')} ${process.platform} ${process.arch}\n`
}

function installedStamp() {
  return existsSync(stampFile) ? readFileSync(stampFile, 'utf8') : null
}

/** npm needs a folder for its cache; users without a writable home get one under the temporary folder. */
function npmEnvironment() {
  try {
    accessSync(homedir(), constants.W_OK)
    return process.env
  } catch {
    return { ...process.env, npm_config_cache: join(tmpdir(), `tropa-npm-${process.getuid?.() ?? 'user'}`) }
  }
}

/** @param {string[]} args */
function npm(args) {
  const given = process.env.npm_execpath
  const own = given?.endsWith('.js') ? given : null
  const [command, first] = own ? [process.execPath, [own]] : ['npm', []]
  const options = { cwd: root, encoding: /** @type {const} */ ('utf8'), env: npmEnvironment() }
  return spawnSync(command, [...first, ...args], { ...options, shell: !own && process.platform === 'win32' })
}

/** @param {string} lock */
function takeInstallLock(lock) {
  for (;;) {
    try {
      mkdirSync(lock)
      return
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error
    }
    const age = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now())
    if (age > 10 * 60_000) rmSync(lock, { recursive: true, force: true })
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500)
  }
}

/** Installs the dependencies when they are missing or older than package-lock.json; prints what it does. */
export function installDependencies() {
  if (installedStamp() === wantedStamp()) return
  const lock = join(root, '.installing')
  takeInstallLock(lock)
  try {
    if (installedStamp() === wantedStamp()) return
    const fresh = !existsSync(join(root, 'node_modules'))
    console.log(fresh ? 'Installing dependencies (a minute or more, once)…' : 'Updating dependencies…')
    const flags = [
      '--no-audit',
      '--no-fund',
      '--no-progress',
      '--loglevel=error',
      '--include=dev',
      '--include=optional',
    ]
    // Not "npm ci": it refuses a lock file that lacks packages made for other systems only.
    const answer = npm(['install', '--no-save', ...flags])
    if (answer.error || answer.status !== 0) {
      const why = answer.error?.message ?? `${answer.stdout ?? ''}${answer.stderr ?? ''}`.trim()
      throw new Error(`npm could not install the dependencies:\n${why}`)
    }
    writeFileSync(stampFile, wantedStamp())
  } finally {
    rmSync(lock, { recursive: true, force: true })
  }
}

/** Makes this process able to import TypeScript, after checking Node and installing what is missing. */
export async function prepareToRun() {
  const problem = nodeProblem(process.versions.node)
  if (problem) throw new Error(problem)
  installDependencies()
  const { register } = await import('tsx/esm/api')
  register()
}
