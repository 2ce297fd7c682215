import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from './run-once.ts'

/** Every folder of ours with a tsconfig.json: a new package is checked without being listed. */
function projects(): string[] {
  const inside = (folder: string) => readdirSync(join(root, folder)).map((name) => `${folder}/${name}`)
  const folders = [...inside('packages'), ...inside('apps'), 'tests', 'scripts']
  return folders.filter((folder) => existsSync(join(root, folder, 'tsconfig.json')))
}

interface Check {
  name: string
  program: string
  args: string[]
  preload?: string
}

const checks: Check[] = [
  ...projects().map((project) => ({
    name: `types ${project}`,
    program: 'typescript/bin/tsc',
    args: ['--noEmit', '-p', project],
  })),
  { name: 'biome', program: '@biomejs/biome/bin/biome', args: ['check', '--error-on-warnings', '.'] },
  {
    name: 'arrows',
    program: 'dependency-cruiser/bin/dependency-cruise.mjs',
    args: ['--config', '.dependency-cruiser.cjs', 'packages', 'apps', 'tests'],
    preload: pathToFileURL(join(import.meta.dirname, 'older-typescript.mjs')).href,
  },
  { name: 'dead code', program: 'knip/bin/knip.js', args: ['--no-progress'] },
]

/** `npm run check`: runs every check even when one fails, prints each result; true when all passed. */
export function check(): boolean {
  const failed: string[] = []
  for (const { name, program, args, preload } of checks) {
    const startedAt = Date.now()
    const first = preload ? ['--import', preload] : []
    const answer = spawnSync(process.execPath, [...first, join(root, 'node_modules', program), ...args], {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, FORCE_COLOR: process.stdout.isTTY ? '1' : '0' },
    })
    const seconds = ((Date.now() - startedAt) / 1000).toFixed(1)
    const ok = answer.status === 0
    console.log(`${ok ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`)
    if (ok) continue
    failed.push(name)
    console.log(`${answer.stdout}${answer.stderr}${answer.error?.message ?? ''}`.trim())
  }
  console.log(failed.length === 0 ? 'All checks passed.' : `Failed: ${failed.join(', ')}.`)
  return failed.length === 0
}
