import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { root, runCommand } from './run-once.ts'

const web = join(root, 'apps/web')
const sources = ['apps/web', 'packages/journey/src', 'packages/nodes/src', 'package-lock.json']

function* filesUnder(place: string): Generator<string> {
  if (!existsSync(place)) return
  if (!statSync(place).isDirectory()) {
    yield place
    return
  }
  for (const name of readdirSync(place).sort()) {
    if (name === 'node_modules' || name === 'dist' || name.startsWith('.')) continue
    yield* filesUnder(join(place, name))
  }
}

/** A fingerprint of everything the built web is made of. */
function wantedStamp(): string {
  const hash = createHash('sha256')
  for (const source of sources)
    for (const file of filesUnder(join(root, source))) hash.update(file).update(readFileSync(file))
  return hash.digest('hex')
}

/** The path of Vite's program as the web app sees it. */
export function vitePath(): string {
  const found = createRequire(join(web, 'package.json')).resolve('vite/package.json')
  return join(dirname(found), 'bin/vite.js')
}

/** Builds the web into apps/web/dist when its sources changed since the last build; says so through `say`. */
export async function buildWeb(env: NodeJS.ProcessEnv, say: (line: string) => void): Promise<void> {
  const stampFile = join(web, 'dist', '.built-from')
  const stamp = wantedStamp()
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return
  say('Building the web app…')
  const draft = join(web, 'dist', `draft-${process.pid}`)
  const args = [vitePath(), 'build', '--outDir', draft, '--emptyOutDir', '--logLevel', 'error']
  const options = { cwd: web, env: { ...env, NODE_ENV: 'production' } }
  await runCommand(process.execPath, args, options, 'The build of the web app')
  for (const name of readdirSync(join(web, 'dist')))
    if (!name.startsWith('draft-')) rmSync(join(web, 'dist', name), { recursive: true })
  for (const name of readdirSync(draft)) renameSync(join(draft, name), join(web, 'dist', name))
  rmSync(draft, { recursive: true })
  writeFileSync(stampFile, stamp)
}
